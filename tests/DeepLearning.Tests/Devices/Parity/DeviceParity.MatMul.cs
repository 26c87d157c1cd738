namespace DeepLearning.Tests.Devices.Parity;

public abstract partial class DeviceParity
{
    public static TheoryData<int, int, int> Products
    {
        get
        {
            var data = new TheoryData<int, int, int>();
            foreach (int m in (int[])[1, 2, 7, 17, 33])
            foreach (int n in (int[])[1, 2, 7, 16, 31, 33, 100])
            foreach (int k in (int[])[1, 3, 16, 33, 100]) data.Add(m, n, k);
            foreach ((int m, int n, int k) in ((int, int, int)[])[(64, 784, 256), (64, 256, 784), (100, 100, 1000), (193, 65, 257),
                (200, 10, 300), (10, 200, 300), (1, 1000, 1000), (1000, 1, 1000), (400, 33, 520), (0, 4, 4), (4, 0, 4), (4, 4, 0),
                (3, 500, 40), (500, 3, 40), (6, 6, 2000), (300, 300, 2)])
                data.Add(m, n, k);
            return data;
        }
    }

    [Theory, MemberData(nameof(Products))]
    public void MatMul(int m, int n, int k)
    {
        float[] a = Numbers(m * k, 1), b = Numbers(k * n, 2), bias = Numbers(n, 3), c = Numbers(m * n, 4);
        foreach (bool transposeA in (bool[])[false, true])
        foreach (bool transposeB in (bool[])[false, true])
        foreach (bool withBias in (bool[])[false, true])
        foreach (bool accumulate in (bool[])[false, true])
            Check((d, s, y) => d.MatMul(new MatMulArgs(s[0], s[1], y, m, n, k)
            {
                TransposeA = transposeA, TransposeB = transposeB, Bias = withBias ? s[2] : null, Accumulate = accumulate,
            }), [a, b, bias], m * n, 2, 3e-6 * Math.Sqrt(k), start: c,
                what: $"{m}×{n}×{k}, transposed {transposeA} {transposeB}, bias {withBias}, accumulate {accumulate}");
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 7, 3)]
    [InlineData(33, 16, 20)]
    [InlineData(64, 256, 784)]
    [InlineData(2, 130, 300)]
    [InlineData(130, 131, 12)]
    [InlineData(1, 9, 400)]
    [InlineData(40, 3, 512)]
    [InlineData(4, 0, 4)]
    [InlineData(4, 5, 0)]
    public void MatMulWithAnActivation(int m, int n, int k)
    {
        float[] a = Numbers(m * k, 1), b = Numbers(k * n, 2), bias = Numbers(n, 3);
        foreach (UnaryOp activation in (UnaryOp[])[UnaryOp.Relu, UnaryOp.Tanh, UnaryOp.Sigmoid, UnaryOp.Softplus])
        foreach (bool transposeB in (bool[])[true, false])
        foreach (bool wantsC in (bool[])[true, false])
            Check((d, s, y) =>
            {
                Storage other = d.Allocate(m * n);
                d.MatMul(new MatMulArgs(s[0], s[1], wantsC ? y : other, m, n, k) { TransposeB = transposeB, Bias = s[2] }, activation,
                    wantsC ? other : y);
                d.Free(other);
            }, [a, b, bias], m * n, 4, 6e-6 * Math.Sqrt(k) + 1e-7,
                what: $"{m}×{n}×{k}, {activation}, {(wantsC ? "z" : "f(z)")}, transposed {transposeB}");
    }

    [Theory]
    [InlineData(5, 3, 4, 6)]
    [InlineData(3, 20, 40, 30)]
    [InlineData(2, 130, 140, 150)]
    [InlineData(300, 8, 8, 8)]
    [InlineData(12, 64, 64, 32)]
    [InlineData(4, 1, 50, 60)]
    [InlineData(4, 50, 1, 60)]
    [InlineData(0, 2, 2, 2)]
    public void MatMulBatch(int batch, int m, int n, int k)
    {
        float[] a = Numbers(batch * m * k + 1, 1), b = Numbers(batch * k * n + 1, 2), bias = Numbers(n, 3), c = Numbers(batch * m * n, 4);
        foreach ((int strideA, int strideB) in ((int, int)[])[(m * k, k * n), (0, k * n), (m * k, 0)])
        foreach (bool transpose in (bool[])[false, true])
        foreach (bool accumulate in (bool[])[false, true])
            Check((d, s, y) => d.MatMul(new MatMulArgs(s[0], s[1], y, m, n, k)
            {
                Batch = batch, StrideA = strideA, StrideB = strideB, TransposeA = transpose, TransposeB = !transpose,
                Accumulate = accumulate, Bias = accumulate ? s[2] : null,
            }), [a, b, bias], c.Length, 2, 3e-6 * Math.Sqrt(k), start: c, what: $"{batch} × {m}×{n}×{k}, strides {strideA} {strideB}");
    }

    [Fact]
    public void MatMulPassesNaNOn()
    {
        float[] a = Numbers(40 * 40, 1), b = Numbers(40 * 40, 2);
        a[0] = float.NaN;
        b[1] = float.PositiveInfinity;
        Check((d, s, y) => d.MatMul(new MatMulArgs(s[0], s[1], y, 40, 40, 40)), [a, b], 1600, 2, 1e-5);
    }

    [Fact]
    public void MatMulRepeatsExactly()
    {
        float[] a = Numbers(150 * 300, 1), b = Numbers(300 * 170, 2);
        Kernel kernel = (d, s, y) => d.MatMul(new MatMulArgs(s[0], s[1], y, 150, 170, 300));
        double[] first = Run(device, kernel, [a, b], 150 * 170);
        for (int i = 0; i < 5; i++) Assert.Equal(first, Run(device, kernel, [a, b], 150 * 170));
    }
}
