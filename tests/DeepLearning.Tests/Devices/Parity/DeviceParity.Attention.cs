namespace DeepLearning.Tests.Devices.Parity;

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
            Check((d, s, y) => d.AttentionWeights(new(s[0], y, samples, heads, rows, columns, 0.3) { Causal = causal }), [x], n, 8, 1e-7,
                what: $"causal {causal}");
            foreach ((int sample, int head, int row) in ((int, int, int)[])[(0, 0, 0), (columns, 0, 0), (0, rows * columns, columns),
                (0, 0, columns)])
            {
                float[] mask = [.. Numbers(n, 2, 3).Select((v, i) => i % 3 == 1 ? float.NegativeInfinity : v)];
                Check((d, s, y) => d.AttentionWeights(new(s[0], y, samples, heads, rows, columns, -0.7)
                {
                    Mask = s[1], MaskSample = sample, MaskHead = head, MaskRow = row, Causal = causal,
                }), [x, mask], n, 8, 1e-7, what: $"mask {sample} {head} {row}, causal {causal}");
            }
        }
    }

    // A single query or key, widths that fill no four, tiles that are not full, several of them, more queries than keys.
    [Theory]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(2, 3, 5, 7, 6)]
    [InlineData(2, 2, 33, 40, 32)]
    [InlineData(1, 2, 70, 31, 35)]
    [InlineData(1, 1, 65, 130, 64)]
    public void AttentionAtOnce(int samples, int heads, int queries, int keys, int width)
    {
        if (!device.HasAttention(width, samples * heads * queries * keys))
        {
            NotSupportedException error =
                Assert.Throws<NotSupportedException>(() => RunAttention(device, samples, heads, queries, keys, width, false, false));
            Assert.Contains("computes attention from products", error.Message);
            return;
        }
        foreach (bool some in (bool[])[false, true])
        foreach (bool causal in (bool[])[false, true])
        {
            double[][] expected = RunAttention(Device.Reference, samples, heads, queries, keys, width, some, causal);
            double[][] actual = RunAttention(device, samples, heads, queries, keys, width, some, causal);
            for (int i = 0; i < expected.Length; i++)
                Golden.Close(expected[i], actual[i], 1e-5, $"mask and dropout {some}, causal {causal}: {i}");
            Assert.Equal(actual, RunAttention(device, samples, heads, queries, keys, width, some, causal));
        }
    }

    // y, the logarithms, and the gradients; q, k and v lie side by side, keys and values in a matrix of their own, with something
    // before them.
    private static double[][] RunAttention(Device on, int samples, int heads, int queries, int keys, int width, bool some, bool causal)
    {
        int features = heads * width, scores = samples * heads * queries * keys, space = width % 4 == 0 ? 4 : 3;
        Storage q = Upload(on, Numbers(samples * queries * features, 1, 2)),
            kv = Upload(on, Numbers(samples * keys * (2 * features + space), 2, 2));
        // Every third key is hidden; the first query of every head sees none.
        float[] mask = [.. Numbers(queries * keys, 3).Select((v, i) => i < keys || i % 3 == 1 ? float.NegativeInfinity : v)];
        Storage y = on.Allocate(samples * queries * features), logSum = on.Allocate(samples * heads * queries);
        HeadAttentionArgs p = new(samples, heads, queries, keys, width, 0.4)
        {
            Q = new(q, 0, features), K = new(kv, space, 2 * features + space), V = new(kv, space + features, 2 * features + space),
            Y = y, LogSum = logSum, Mask = some ? Upload(on, mask) : null, MaskRow = keys, Causal = causal,
            Drop = some ? Upload(on, [.. Numbers(scores, 4).Select(v => v > 0.8f ? 0 : 1.25f)]) : null,
        };
        on.Attention(p);
        Storage dq = Upload(on, new float[samples * queries * features]),
            dkv = Upload(on, new float[samples * keys * (2 * features + space)]);
        on.AttentionGradient(new HeadAttentionGradientArgs(p)
        {
            DY = Upload(on, Numbers(samples * queries * features, 5)), DQ = p.Q with { Data = dq }, DK = p.K with { Data = dkv },
            DV = p.V with { Data = dkv },
        });
        double[] sums = Read(logSum, samples * heads * queries);
        return [Read(y, samples * queries * features), [.. sums.Select(sum => double.IsPositiveInfinity(sum) ? 1e6 : sum)],
            Read(dq, samples * queries * features), Read(dkv, samples * keys * (2 * features + space))];

        double[] Read(Storage storage, int count)
        {
            double[] values = new double[count];
            on.Download(storage, values);
            return values;
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
