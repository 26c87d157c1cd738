namespace DeepLearning.Tests.Devices.Parity;

public abstract partial class DeviceParity
{
    public static TheoryData<UpdateRule> UpdateRules => [.. Enum.GetValues<UpdateRule>()];

    // What a step leaves in w, s and r in turn, with the other inputs as they were.
    [Theory, MemberData(nameof(UpdateRules))]
    public void Update(UpdateRule rule)
    {
        UpdateArgs settings = new(rule)
        {
            Rate = 0.1, Decay = 0.2, Shrink = 0.05, KeepS = 0.9, KeepR = 0.7, Delta = 0.01, Ahead = 0.9, ScaleG = 0.3, ScaleS = 1.5, ScaleR = 2,
        };
        bool hasS = rule is UpdateRule.Momentum or UpdateRule.RmsPropMomentum or UpdateRule.Adadelta or UpdateRule.Adam or UpdateRule.AmsGrad
            or UpdateRule.Lion;
        bool hasR = rule is not (UpdateRule.Sgd or UpdateRule.Momentum or UpdateRule.Lion);
        bool hasM = rule is UpdateRule.AmsGrad;
        foreach (int n in s_sizes)
        {
            float[] w = Numbers(n, 1), g = Numbers(n, 2), s = Positive(n, 3), r = Positive(n, 4), m = Positive(n, 5);
            Check((d, x, y) => d.Update(settings with { W = y, G = x[0], S = hasS ? x[1] : null, R = hasR ? x[2] : null, M = hasM ? x[3] : null, N = n }),
                [g, s, r, m], n, 0, 5e-6, w, $"{rule} w × {n}");
            if (hasS)
                Check((d, x, y) => d.Update(settings with { W = x[1], G = x[0], S = y, R = hasR ? x[2] : null, M = hasM ? x[3] : null, N = n }),
                    [g, w, r, m], n, 0, 2e-6, s, $"{rule} s × {n}");
            if (hasR)
                Check((d, x, y) => d.Update(settings with { W = x[1], G = x[0], S = hasS ? x[2] : null, R = y, M = hasM ? x[3] : null, N = n }),
                    [g, w, s, m], n, 0, 2e-6, r, $"{rule} r × {n}");
            if (hasM)
                Check((d, x, y) => d.Update(settings with { W = x[1], G = x[0], S = x[2], R = x[3], M = y, N = n }), [g, w, s, r], n, 0, 2e-6, m, $"{rule} m × {n}");
        }
    }

    // Many parameters at once, of sizes on both sides of every width and not all treated alike, end as one after the other.
    [Theory, MemberData(nameof(UpdateRules))]
    public void UpdateTogether(UpdateRule rule)
    {
        int[] sizes = [5, 0, 1, 4, 1025, 3, 256, 8, 255, 257, 1023, 1024, 2, 100, 7, 16, 31, 33, 9, 6];
        float[][] numbers = [.. sizes.Select((n, i) => Positive(n, i + 1))];
        Assert.Equal(Step((d, steps) => { foreach (UpdateArgs step in steps) d.Update(step); }), Step((d, steps) => d.Update(steps)));

        float[] Step(Action<Device, UpdateArgs[]> update)
        {
            UpdateArgs[] steps = [.. numbers.Select((x, i) => new UpdateArgs(rule)
            {
                W = Upload(device, x), G = Upload(device, [.. x.Reverse()]), S = Upload(device, x), R = Upload(device, x),
                M = rule == UpdateRule.AmsGrad ? Upload(device, x) : null, N = x.Length, Rate = i % 2 == 0 ? 0.1 : 0.01, Decay = i % 3 * 0.1, Shrink = 0.05,
                KeepS = 0.9, KeepR = 0.7, Delta = 0.01, Ahead = 0.9, ScaleG = 0.3, ScaleS = i < 15 ? 1.5 : 1.2, ScaleR = 2,
            })];
            update(device, steps);
            List<float> after = [];
            foreach (UpdateArgs step in steps)
            foreach (Storage? block in (Storage?[])[step.W, step.S, step.R, step.M])
            {
                if (block is null) continue;
                float[] left = new float[step.N];
                device.Download(block, left);
                after.AddRange(left);
            }
            return [.. after];
        }
    }

    private static float[] Positive(int n, int seed) => Array.ConvertAll(Numbers(n, seed), MathF.Abs);
}
