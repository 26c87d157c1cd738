namespace DeepLearning.Tests.Devices.Parity;

public abstract partial class DeviceParity
{
    [Theory]
    [InlineData(3, 1)]
    [InlineData(70, 1)]
    [InlineData(5, 9)]
    public void GroupNormOfNumbersWithLargeSquares(int channels, int inner)
    {
        int n = 2 * channels * inner;
        float[] x = Numbers(n, 1, 1e22f), gamma = Numbers(channels, 2), beta = Numbers(channels, 3), none = new float[2];
        GroupNormArgs Args(Storage[] s) => new(s[0], s[3], s[4], 2, 1, channels, inner, 1e-5) { Gamma = s[1] };
        Check((d, s, y) => d.GroupNorm(Args(s), s[2], y), [x, gamma, beta, none, none], n, 4, 5e-6);
        Check((d, s, inverse) => d.GroupNorm(Args(s) with { Inverse = inverse }, s[2], s[5]), [x, gamma, beta, none, none, x], 2, 8);
    }

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(5, 3, 1)]
    [InlineData(64, 100, 1)]
    [InlineData(700, 33, 1)]
    [InlineData(3, 2, 7)]
    [InlineData(4, 5, 64)]
    [InlineData(16, 9, 1000)]
    [InlineData(9, 2, 1001)]
    [InlineData(1, 3, 50)]
    public void BatchNorm(int samples, int channels, int inner)
    {
        int n = samples * channels * inner;
        float[] x = Shifted(Numbers(n, 1, 2), 3), gamma = Numbers(channels, 2), beta = Numbers(channels, 3), dy = Numbers(n, 4),
            none = new float[channels];
        foreach (bool affine in (bool[])[true, false])
        {
            BatchNormArgs Args(Storage[] s) => new(s[0], s[3], s[4], samples, channels, inner, 1e-5) { Gamma = affine ? s[1] : null };
            string what = $"{samples}×{channels}×{inner}, affine {affine}";
            Check((d, s, y) => d.BatchNorm(Args(s), affine ? s[2] : null, y), [x, gamma, beta, none, none], n, 4, 5e-6, what: what);
            Check((d, s, mean) => d.BatchNorm(Args(s) with { Mean = mean }, null, s[5]), [x, gamma, beta, none, none, x], channels, 4, 1e-7,
                what: "mean");
            Check((d, s, v) => d.BatchNorm(Args(s) with { Variance = v }, null, s[5]), [x, gamma, beta, none, none, x], channels, 4, 1e-6,
                what: "variance");
            float[] mean = Statistics((d, s, y) => d.BatchNorm(Args(s) with { Mean = y }, null, s[5])), variance = Statistics(
                (d, s, y) => d.BatchNorm(Args(s) with { Variance = y }, null, s[5]));
            float[][] back = [x, gamma, beta, mean, variance, dy, none, new float[n]];
            double sums = 2e-6 * Math.Sqrt(samples * inner);
            Check((d, s, dx) => d.BatchNormGradient(Args(s), s[5], dx, s[6], s[2]), back, n, 4, 2e-5, what: $"dx {what}");
            Check((d, s, dGamma) => d.BatchNormGradient(Args(s), s[5], s[7], dGamma, s[6]), back, channels, 4, sums, what: $"dγ {what}");
            Check((d, s, dBeta) => d.BatchNormGradient(Args(s), s[5], null, s[6], dBeta), back, channels, 4, sums, what: $"dβ {what}");

            float[] Statistics(Kernel kernel) =>
                [.. Run(Device.Reference, kernel, [x, gamma, beta, none, none, x], channels).Select(v => (float)v)];
        }
    }

    [Theory]
    [InlineData(3, 1, 1, 1)]
    [InlineData(5, 1, 7, 1)]
    [InlineData(1024, 1, 64, 1)]
    [InlineData(33, 1, 1000, 1)]
    [InlineData(4, 3, 5, 1)]
    [InlineData(70, 2, 11, 1)]
    [InlineData(601, 2, 3, 1)]
    [InlineData(3, 2, 4, 9)]
    [InlineData(8, 4, 3, 700)]
    [InlineData(2, 1, 3, 5)]
    public void GroupNorm(int samples, int groups, int channels, int inner)
    {
        int rows = samples * groups, all = groups * channels, n = samples * all * inner;
        float[] x = Shifted(Numbers(n, 1, 2), 3), gamma = Numbers(all, 2), beta = Numbers(all, 3), dy = Numbers(n, 4),
            none = new float[rows];
        foreach (bool affine in (bool[])[true, false])
        {
            GroupNormArgs Args(Storage[] s) =>
                new(s[0], s[3], s[4], samples, groups, channels, inner, 1e-5) { Gamma = affine ? s[1] : null };
            string what = $"{samples}×{groups}×{channels}×{inner}, affine {affine}";
            Check((d, s, y) => d.GroupNorm(Args(s), affine ? s[2] : null, y), [x, gamma, beta, none, none], n, 4, 5e-6, what: what);
            float[] mean = Statistics((d, s, y) => d.GroupNorm(Args(s) with { Mean = y }, null, s[5])), inverse = Statistics(
                (d, s, y) => d.GroupNorm(Args(s) with { Inverse = y }, null, s[5]));
            float[][] back = [x, gamma, beta, mean, inverse, dy, new float[all], new float[n]];
            double sums = 4e-6 * Math.Sqrt(samples * inner), size = inverse.Max();
            Check((d, s, dx) => d.GroupNormGradient(Args(s), s[5], dx, s[6], s[2]), back, n, 4, 1e-5 * size, what: $"dx {what}");
            Check((d, s, dGamma) => d.GroupNormGradient(Args(s), s[5], s[7], dGamma, s[6]), back, all, 4, sums, what: $"dγ {what}");
            Check((d, s, dBeta) => d.GroupNormGradient(Args(s), s[5], null, s[6], dBeta), back, all, 4, sums, what: $"dβ {what}");

            float[] Statistics(Kernel kernel) =>
                [.. Run(Device.Reference, kernel, [x, gamma, beta, none, none, x], rows).Select(v => (float)v)];
        }
    }

    // Far from 0, so that a variance taken as E[x²] − E[x]² would lose its digits.
    private static float[] Shifted(float[] x, float by) => [.. x.Select(v => v + by)];
}

/// <summary>The normalizations as composed in <see cref="Device"/>.</summary>
public sealed class ComposedNormalizationTests
{
    private static readonly float[] s_x = [.. Enumerable.Range(0, 24).Select(i => MathF.Sin(1.1f * i) + 0.5f)];
    private static readonly float[] s_dy = [.. Enumerable.Range(0, 24).Select(i => MathF.Cos(0.7f * i))];
    private static readonly float[] s_gamma = [0.5f, -1, 2, 0.3f], s_beta = [1, 0, -1, 0.2f];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BatchNorm(bool affine) => Same(d =>
    {
        Storage mean = d.Allocate(4), variance = d.Allocate(4), y = d.Allocate(24), dx = d.Allocate(24), dGamma = d.Allocate(4),
            dBeta = d.Allocate(4);
        BatchNormArgs args = new(Upload(d, s_x), mean, variance, 2, 4, 3, 1e-3) { Gamma = affine ? Upload(d, s_gamma) : null };
        d.BatchNorm(args, affine ? Upload(d, s_beta) : null, y);
        d.BatchNormGradient(args, Upload(d, s_dy), dx, dGamma, dBeta);
        return [mean, variance, y, dx, dGamma, dBeta];
    });

    [Theory]
    [InlineData(2, 2, 3, true)]
    [InlineData(1, 4, 3, false)]
    [InlineData(4, 1, 3, true)]
    [InlineData(1, 4, 1, true)]
    public void GroupNorm(int groups, int channels, int inner, bool affine) => Same(d =>
    {
        int samples = 24 / (groups * channels * inner);
        Storage mean = d.Allocate(samples * groups), inverse = d.Allocate(samples * groups), y = d.Allocate(24), dx = d.Allocate(24);
        Storage dGamma = d.Allocate(4), dBeta = d.Allocate(4);
        GroupNormArgs args =
            new(Upload(d, s_x), mean, inverse, samples, groups, channels, inner, 1e-3) { Gamma = affine ? Upload(d, s_gamma) : null };
        d.GroupNorm(args, affine ? Upload(d, s_beta) : null, y);
        d.GroupNormGradient(args, Upload(d, s_dy), dx, dGamma, dBeta);
        return [mean, inverse, y, dx, dGamma, dBeta];
    });

    private static void Same(Func<Device, Storage[]> run)
    {
        foreach ((Storage expected, Storage actual) in run(Device.Reference).Zip(run(new ComposedDevice())))
        {
            double[] wanted = new double[expected.Length], got = new double[expected.Length];
            expected.Device.Download(expected, wanted);
            actual.Device.Download(actual, got);
            Golden.Close(wanted, got, 3e-6);
        }
    }

    private static Storage Upload(Device device, float[] values)
    {
        Storage storage = device.Allocate(values.Length);
        device.Upload((ReadOnlySpan<float>)values, storage);
        return storage;
    }
}
