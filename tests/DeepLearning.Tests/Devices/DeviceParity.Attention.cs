namespace DeepLearning.Tests.Devices;

public abstract partial class DeviceParity
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 3, 5, 7)]
    [InlineData(2, 2, 9, 8)]
    [InlineData(32, 4, 32, 32)]
    [InlineData(1, 2, 3, 300)]
    public void AttentionWeights(int samples, int heads, int rows, int columns)
    {
        int n = samples * heads * rows * columns;
        float[] x = Numbers(n, 1, 8), none = [];
        foreach (bool causal in (bool[])[false, true])
        {
            Check((d, s, y) => d.AttentionWeights(new(s[0], y, samples, heads, rows, columns, 0.3) { Causal = causal }), [x], n, 8, 1e-7, what: $"causal {causal}");
            foreach (var (sample, head, row) in ((int, int, int)[])[(0, 0, 0), (columns, 0, 0), (0, rows * columns, columns), (0, 0, columns)])
            {
                float[] mask = [.. Numbers(n, 2, 3).Select((v, i) => i % 3 == 1 ? float.NegativeInfinity : v)];
                Check((d, s, y) => d.AttentionWeights(new(s[0], y, samples, heads, rows, columns, -0.7)
                {
                    Mask = s[1], MaskSample = sample, MaskHead = head, MaskRow = row, Causal = causal,
                }), [x, mask], n, 8, 1e-7, what: $"mask {sample} {head} {row}, causal {causal}");
            }
        }
    }

    [Fact]
    public void ARowThatSeesNothingHasNoWeightAndNaNPasses()
    {
        float low = float.NegativeInfinity;
        Check((d, s, y) => d.AttentionWeights(new(s[0], y, 1, 1, 3, 2, 1) { Mask = s[1], MaskRow = 2 }),
            [[1, 2, 3, 4, float.NaN, 1], [low, low, low, 0, 0, 0]], 6, 2);
    }
}

/// <summary>Attention weights as composed in <see cref="Device"/>.</summary>
public sealed class ComposedAttentionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AttentionWeights(bool causal)
    {
        Golden.Close(Run(Device.Reference), Run(new ComposedDevice()), 1e-6);

        double[] Run(Device device)
        {
            float[] x = [.. Enumerable.Range(0, 24).Select(i => MathF.Sin(1.1f * i))];
            float[] mask = [float.NegativeInfinity, 0.5f, 0, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity];
            Storage scores = device.Allocate(24), added = device.Allocate(6), y = device.Allocate(24);
            device.Upload((ReadOnlySpan<float>)x, scores);
            device.Upload((ReadOnlySpan<float>)mask, added);
            device.AttentionWeights(new(scores, y, 2, 2, 2, 3, 0.7) { Mask = added, MaskRow = 3, Causal = causal });
            double[] result = new double[24];
            device.Download(y, result);
            return result;
        }
    }
}
