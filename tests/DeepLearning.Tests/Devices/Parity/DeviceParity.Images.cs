namespace DeepLearning.Tests.Devices.Parity;

public abstract partial class DeviceParity
{
    // Images, kernels, and every option by itself and together; sizes on both sides of tiles, vectors, bands and threads.
    public static TheoryData<string> Convolutions => [.. s_convolutions.Keys];

    private static readonly Dictionary<string, ConvArgs> s_convolutions = new()
    {
        ["one pixel"] = Images(1, 1, 1, 1, 1, 1),
        ["1×1 kernels"] = Images(3, 5, 9, 7, 10, 1),
        ["3×3"] = Images(2, 3, 8, 9, 7, 3),
        ["3×3 padded"] = Images(2, 3, 8, 9, 16, 3, pad: 1),
        ["LeNet's first"] = Images(5, 1, 28, 28, 6, 5, pad: 2),
        ["LeNet's second"] = Images(5, 6, 14, 14, 16, 5),
        ["stride 2"] = Images(2, 3, 11, 12, 5, 3, pad: 1, stride: 2),
        ["stride 3, kernel 2"] = Images(2, 2, 11, 13, 4, 2, stride: 3),
        ["stride 2, kernel 1"] = Images(2, 4, 9, 8, 8, 1, stride: 2),
        ["AlexNet's first"] = Images(1, 3, 32, 32, 24, 11, pad: 5, stride: 4),
        ["dilation 2"] = Images(2, 2, 13, 11, 5, 3, pad: 2, dilation: 2),
        ["dilation 3, stride 2"] = Images(2, 2, 17, 15, 3, 3, pad: 3, dilation: 3, stride: 2),
        ["dilation 2, stride 2"] = Images(2, 2, 17, 15, 3, 3, pad: 1, dilation: 2, stride: 2),
        ["groups"] = Images(2, 6, 7, 8, 9, 3, pad: 1, groups: 3),
        ["depthwise"] = Images(3, 12, 10, 9, 12, 3, pad: 1, groups: 12),
        ["more padding than kernel"] = Images(2, 2, 3, 4, 3, 2, pad: 4),
        ["unequal"] = new(2, 4, 9, 21, 6, 3, 11)
            { KernelH = 3, KernelW = 5, StrideH = 3, StrideW = 2, PadH = 0, PadW = 3, DilationH = 2, DilationW = 1, Groups = 2 },
        ["windows that do not reach the end"] = new(2, 2, 12, 12, 3, 4, 5) { KernelH = 3, KernelW = 3, StrideH = 1, StrideW = 2 },
        ["a row"] = new(2, 3, 1, 40, 4, 1, 36) { KernelH = 1, KernelW = 5 },
        ["many channels"] = Images(2, 70, 6, 6, 40, 3, pad: 1),
        ["bands"] = Images(1, 8, 100, 90, 8, 3, pad: 1),
        ["bands with stride"] = Images(1, 8, 120, 100, 9, 3, pad: 1, stride: 2),
        ["many images"] = Images(70, 2, 6, 6, 3, 3),
        ["no images"] = Images(0, 2, 6, 6, 3, 3),
        ["no channels"] = Images(2, 0, 6, 6, 3, 3),
    };

    private static ConvArgs Images(int n, int c, int h, int w, int k, int kernel, int pad = 0, int stride = 1,
        int dilation = 1, int groups = 1) =>
        new(n, c, h, w, k, (h + 2 * pad - dilation * (kernel - 1) - 1) / stride + 1,
            (w + 2 * pad - dilation * (kernel - 1) - 1) / stride + 1)
        {
            KernelH = kernel, KernelW = kernel, StrideH = stride, StrideW = stride, PadH = pad, PadW = pad, DilationH = dilation,
            DilationW = dilation, Groups = groups,
        };

    private static (float[] X, float[] W, float[] Bias, float[] Y) Fill(in ConvArgs p) =>
        (Numbers(p.N * p.C * p.H * p.W, 1), Numbers(p.K * p.Taps, 2), Numbers(p.K, 3), Numbers(p.N * p.K * p.OutH * p.OutW, 4));

    [Theory, MemberData(nameof(Convolutions))]
    public void Convolution(string name)
    {
        ConvArgs p = s_convolutions[name];
        (float[] x, float[] w, float[] bias, float[] y) = Fill(p);
        Check((d, s, to) => d.Conv(p, s[0], s[1], null, to), [x, w], y.Length, 2, 3e-6 * Math.Sqrt(p.Taps), what: name);
        Check((d, s, to) => d.Conv(p, s[0], s[1], s[2], to), [x, w, bias], y.Length, 2, 3e-6 * Math.Sqrt(p.Taps), what: name +
            " with bias");
    }

    [Theory, MemberData(nameof(Convolutions))]
    public void ConvInputGradient(string name)
    {
        ConvArgs p = s_convolutions[name];
        (float[] x, float[] w, _, float[] dy) = Fill(p);
        Check((d, s, to) => d.ConvInputGradient(p, s[0], s[1], to), [dy, w], x.Length, 2, 3e-6 * Math.Sqrt(p.K * p.KernelH * p.KernelW),
            what: name, start: Numbers(x.Length, 9));
    }

    [Theory, MemberData(nameof(Convolutions))]
    public void ConvWeightGradient(string name)
    {
        ConvArgs p = s_convolutions[name];
        (float[] x, float[] w, float[] bias, float[] dy) = Fill(p);
        double absolute = 3e-6 * Math.Sqrt(Math.Max(1, p.N * p.OutH * p.OutW));
        Check((d, s, to) => d.ConvWeightGradient(p, s[0], s[1], to, null), [x, dy], w.Length, 2, absolute,
            start: Numbers(w.Length, 9), what: name);
        Check((d, s, to) =>
        {
            Storage dw = d.Allocate(w.Length);
            d.ConvWeightGradient(p, s[0], s[1], dw, to);
            d.Free(dw);
        }, [x, dy], bias.Length, 2, absolute, start: Numbers(bias.Length, 9), what: name + ", bias");
    }

    [Fact]
    public void ConvolutionsRepeatExactly()
    {
        ConvArgs p = Images(40, 6, 14, 14, 16, 5);
        (float[] x, float[] w, float[] bias, float[] dy) = Fill(p);
        Kernel forward = (d, s, to) => d.Conv(p, s[0], s[1], s[2], to), input = (d, s, to) => d.ConvInputGradient(p, s[3], s[1], to),
            weights = (d, s, to) => d.ConvWeightGradient(p, s[0], s[3], to, null);
        foreach ((Kernel kernel, int size) in ((Kernel, int)[])[(forward, dy.Length), (input, x.Length), (weights, w.Length)])
        {
            double[] first = Run(device, kernel, [x, w, bias, dy], size);
            for (int i = 0; i < 3; i++) Assert.Equal(first, Run(device, kernel, [x, w, bias, dy], size));
        }
    }

    public static TheoryData<string> Pools => [.. s_pools.Keys];

    private static readonly Dictionary<string, PoolArgs> s_pools = new()
    {
        ["one"] = new(2, 1, 1, 1, 1),
        ["2×2"] = Pool(6, 28, 28, 2, 2),
        ["2×2, odd size"] = Pool(3, 11, 19, 2, 2),
        ["3×3, stride 2"] = Pool(3, 13, 35, 3, 2),
        ["3×3, stride 2, padded"] = Pool(3, 12, 36, 3, 2, 1),
        ["3×3, stride 1, padded"] = Pool(3, 7, 21, 3, 1, 1),
        ["2×2, stride 3"] = Pool(3, 10, 40, 2, 3),
        ["4×4, stride 1"] = Pool(3, 6, 11, 4, 1),
        ["many"] = Pool(700, 8, 8, 2, 2),
        ["row"] = new(4, 1, 50, 1, 17) { KernelW = 3, StrideW = 3, PadW = 1 },
        ["unequal"] = new(4, 9, 20, 4, 19) { KernelH = 3, KernelW = 2, StrideH = 2, StrideW = 1 },
        ["adaptive"] = new(3, 10, 7, 3, 5) { Adaptive = true },
        ["adaptive, larger"] = new(3, 3, 4, 5, 8) { Adaptive = true },
        ["none"] = Pool(0, 4, 4, 2, 2),
    };

    private static PoolArgs Pool(int planes, int h, int w, int kernel, int stride, int pad = 0) =>
        new(planes, h, w, (h + 2 * pad - kernel) / stride + 1, (w + 2 * pad - kernel) / stride + 1)
        {
            KernelH = kernel, KernelW = kernel, StrideH = stride, StrideW = stride, PadH = pad, PadW = pad,
        };

    // With few different numbers, so that windows hold equal ones.
    private static float[] Steps(int n, int seed) => [.. Numbers(n, seed, 3).Select(v => MathF.Round(v))];

    [Theory, MemberData(nameof(Pools))]
    public void MaxPool(string name)
    {
        PoolArgs p = s_pools[name];
        int inside = p.Planes * p.H * p.W, outside = p.Planes * p.OutH * p.OutW;
        float[] special = [.. Enumerable.Range(0, inside).Select(i => s_special[i % s_special.Length])];
        foreach (float[] x in (float[][])[Numbers(inside, 1), Steps(inside, 2), special])
        {
            Check((d, s, y) => Pooled(d, s[0], y, d.Allocate(outside)), [x], outside, 0, what: name);
            Check((d, s, index) => Pooled(d, s[0], d.Allocate(outside), index), [x], outside, 0, what: name + ", places");
        }

        void Pooled(Device d, Storage x, Storage y, Storage index) => d.MaxPool(p, x, y, index);
    }

    [Theory, MemberData(nameof(Pools))]
    public void MaxPoolGradientAndPick(string name)
    {
        PoolArgs p = s_pools[name];
        int inside = p.Planes * p.H * p.W, outside = p.Planes * p.OutH * p.OutW;
        float[] index = [.. Run(Device.Reference, (d, s, to) => d.MaxPool(p, s[0], d.Allocate(outside), to), [Steps(inside, 1)], outside)
            .Select(float (double v) => (float)v)];
        Check((d, s, dx) => d.MaxPoolGradient(p, s[0], s[1], dx), [Numbers(outside, 2), index], inside, 2, 1e-6, Numbers(inside, 5), name);
        Check((d, s, y) => d.MaxPoolPick(p, s[0], s[1], y), [Numbers(inside, 3), index], outside, 0, what: name);
    }

    [Theory, MemberData(nameof(Pools))]
    public void AveragePool(string name)
    {
        foreach (bool countPadding in (bool[])[false, true])
        {
            PoolArgs p = s_pools[name] with { CountPadding = countPadding };
            int inside = p.Planes * p.H * p.W, outside = p.Planes * p.OutH * p.OutW;
            Check((d, s, y) => d.AveragePool(p, s[0], y), [Numbers(inside, 1)], outside, 2, 1e-6, what: name);
            Check((d, s, dx) => d.AveragePoolGradient(p, s[0], dx), [Numbers(outside, 2)], inside, 2, 1e-6, Numbers(inside, 5), name);
        }
    }
}
