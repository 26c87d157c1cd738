namespace DeepLearning.Tests.Devices.Parity;

public abstract partial class DeviceParity
{
    public static TheoryData<UnaryOp> UnaryOps => [.. Enum.GetValues<UnaryOp>()];

    public static TheoryData<BinaryOp> BinaryOps => [.. Enum.GetValues<BinaryOp>()];

    private static (double A, double B)[] Parameters(UnaryOp op) => op switch
    {
        UnaryOp.Affine => [(1, 0), (-0.5, 0.25), (3, -2)],
        UnaryOp.Power => [(0, 0), (1, 0), (2, 0), (3, 0), (-1, 0), (0.5, 0), (-1.5, 0), (2.25, 0)],
        UnaryOp.Clamp => [(-0.5, 0.75)],
        UnaryOp.LeakyRelu => [(0.25, 0)],
        UnaryOp.Elu => [(1, 0), (0.5, 0)],
        _ => [(0, 0)],
    };

    private static double Ulps(UnaryOp op) => op is UnaryOp.Gelu ? 8 : 4;

    [Theory, MemberData(nameof(UnaryOps))]
    public void Unary(UnaryOp op)
    {
        foreach ((double a, double b) in Parameters(op))
        {
            Kernel kernel = (d, x, y) => d.Unary(op, x[0], y, x[0].Length, a, b);
            // An affine map may cancel, and then only the size of its terms is promised; the reference itself loses e^x − 1 below 10⁻¹⁶.
            double absolute = op == UnaryOp.Affine ? 2e-6 : op == UnaryOp.Elu ? 2e-16 : 0;
            foreach (int n in s_sizes) Check(kernel, [Numbers(n, n, 4)], n, Ulps(op), absolute, what: $"{op}({a}) × {n}");
            Check(kernel, [s_special], s_special.Length, Ulps(op), absolute, what: $"{op}({a}) of special values");
            foreach (float scale in (float[])[1e-3f, 1, 10, 100])
                Check(kernel, [Numbers(2000, 5, scale)], 2000, Ulps(op), absolute, what: $"{op}({a}) to {scale}");
        }
    }

    [Theory, MemberData(nameof(UnaryOps))]
    public void UnaryInPlace(UnaryOp op)
    {
        (double a, double b) = Parameters(op)[^1];
        foreach (int n in s_sizes)
        {
            double[] apart = Run(device, (d, x, y) => d.Unary(op, x[0], y, n, a, b), [Numbers(n, 3)], n);
            double[] inPlace = Run(device, (d, _, y) => d.Unary(op, y, y, n, a, b), [], n, Numbers(n, 3));
            Assert.Equal(apart, inPlace);
        }
    }

    [Theory, MemberData(nameof(UnaryOps))]
    public void UnaryGradient(UnaryOp op)
    {
        foreach ((double a, double b) in Parameters(op))
        {
            Kernel kernel = (d, s, dx) => d.UnaryGradient(op, s[0], s[1], s[2], dx, s[0].Length, a, b);
            foreach (int n in s_sizes) Compare(Numbers(n, n, 4));
            Compare(s_special);

            void Compare(float[] x)
            {
                int n = x.Length;
                float[] y = [.. Run(Device.Reference, (d, s, to) => d.Unary(op, s[0], to, n, a, b), [x], n).Select(v => (float)v)];
                // Where a derivative is a sum of terms that cancel, only their size is promised.
                double absolute = op is UnaryOp.Gelu or UnaryOp.Sin or UnaryOp.Cos or UnaryOp.Tanh or UnaryOp.Sigmoid or UnaryOp.Elu ? 3e-7
                    : 0;
                Check(kernel, [x, y, Numbers(n, 7)], n, 4, absolute, what: $"{op}({a})′ × {n}");
            }
        }
    }

    [Theory, MemberData(nameof(BinaryOps))]
    public void BinaryOfSameShape(BinaryOp op)
    {
        foreach (int n in s_sizes) Compare(Numbers(n, 1), Numbers(n, 2));
        float[] left = [.. s_special.SelectMany(x => s_special.Select(_ => x))], right = [.. s_special.SelectMany(_ => s_special)];
        Compare(left, right);

        void Compare(float[] a, float[] b) =>
            Check((d, s, y) => d.Binary(op, s[0], [1], s[1], [1], y, [a.Length]), [a, b], a.Length, 1, what: $"{op} × {a.Length}");
    }

    [Theory, MemberData(nameof(BinaryOps))]
    public void BinaryBroadcast(BinaryOp op)
    {
        (int[] Shape, int[] A, int[] B)[] cases =
        [
            ([], [], []),
            ([40], [1], [0]), ([40], [0], [1]), ([40], [0], [0]), ([300], [2], [3]), ([37], [1], [2]),
            ([5, 37], [37, 1], [0, 1]), ([5, 37], [0, 1], [37, 1]), ([5, 37], [37, 1], [1, 0]), ([5, 37], [1, 0], [0, 1]),
            ([5, 37], [1, 5], [37, 1]), ([3, 1, 4, 5], [20, 20, 5, 1], [0, 7, 5, 1]), ([2, 3, 4, 5], [60, 20, 5, 1], [0, 5, 0, 1]),
            ([2, 3, 4, 5], [0, 20, 0, 1], [60, 0, 5, 0]), ([0, 3], [3, 1], [3, 1]), ([3, 0], [1, 1], [1, 1]),
            ([300, 301], [301, 1], [0, 1]), ([7, 20_011], [20_011, 1], [1, 0]),
        ];
        foreach ((int[] shape, int[] sa, int[] sb) in cases)
        {
            int size = shape.Aggregate(1, (x, y) => x * y);
            Check((d, s, y) => d.Binary(op, s[0], sa, s[1], sb, y, shape), [Numbers(Reach(shape, sa), 1), Numbers(Reach(shape, sb), 2)],
                size, 1, what: $"{op} [{string.Join(", ", shape)}] strides [{string.Join(", ", sa)}] and [{string.Join(", ", sb)}]");
        }
    }

    [Fact]
    public void Where()
    {
        foreach (int n in s_sizes)
        {
            float[] condition = [.. Enumerable.Range(0, n).Select(i => (i % 4) switch { 0 => 0f, 1 => 1f, 2 => -0f, _ => float.NaN })];
            Check((d, s, y) => d.Where(s[0], s[1], s[2], y, n), [condition, Numbers(n, 1), Numbers(n, 2)], n, 0);
        }
    }

    // How many numbers a walk with these strides touches, from its first one on.
    private static int Reach(int[] shape, int[] strides) => 1 + shape.Zip(strides, (n, s) => Math.Max(n - 1, 0) * Math.Max(s, 0)).Sum();
}
