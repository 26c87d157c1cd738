namespace DeepLearning.Tests.Devices.Parity;

/// <summary>
/// Runs every kernel on a device and on the reference, with the same numbers, and compares. A device that takes minutes to sort is spared
/// sorting more than so many numbers.
/// </summary>
public abstract partial class DeviceParity(Device device, int mostSorted = int.MaxValue)
{
    private delegate void Kernel(Device device, Storage[] inputs, Storage output);

    // Odd sizes on both sides of every vector width, and one large enough for threads.
    private static readonly int[] s_sizes = [0, 1, 2, 7, 8, 9, 16, 17, 31, 33, 100, 1000, 100_003];

    private static readonly float[] s_special =
    [
        0, -0f, 1, -1, 0.5f, -0.5f, 2, -2, 100, -100, 1e-3f, -1e-3f, 1e-20f, -1e-20f, 1e-40f, -1e-40f, float.Epsilon, -float.Epsilon,
        1e20f, -1e20f, 87, -87, 88.7f, -88.7f, 89, -89, 104, -104, 15.9f, -15.9f, 0.69f, -0.69f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    // What the kernel writes, starting from `start` where it reads its output.
    private static double[] Run(Device on, Kernel kernel, float[][] inputs, int outputs, float[]? start = null)
    {
        Storage[] storages = inputs.Select(x => Upload(on, x)).ToArray();
        Storage output = start is null ? on.Allocate(outputs) : Upload(on, start);
        kernel(on, storages, output);
        double[] result = new double[outputs];
        on.Download(output, result);
        foreach (Storage storage in storages) on.Free(storage);
        on.Free(output);
        return result;
    }

    private static Storage Upload(Device on, float[] x)
    {
        Storage storage = on.Allocate(x.Length);
        on.Upload((ReadOnlySpan<float>)x, storage);
        return storage;
    }

    // Both devices, compared number by number: within `ulps` units in the last place, or `absolute`.
    private void Check(Kernel kernel, float[][] inputs, int outputs, double ulps, double absolute = 0, float[]? start = null,
        string what = "")
    {
        double[] expected = Run(Device.Reference, kernel, inputs, outputs, start), actual = Run(device, kernel, inputs, outputs, start);
        for (int i = 0; i < outputs; i++)
        {
            double want = (float)expected[i], got = actual[i];
            bool same = double.IsNaN(want) ? double.IsNaN(got) : double.IsInfinity(want) ? got == want
                : Math.Abs(got - expected[i]) <= ulps * Ulp(want) + absolute;
            if (!same)
            {
                string at = string.Join(", ", inputs.Select(x => i < x.Length ? x[i].ToString("R") : "-"));
                Assert.Fail(
                    $"{what}: [{i}] of {outputs} is {got:R}, reference {expected[i]:R} ({(got - expected[i]) / Ulp(want):G3} ulp); " +
                    $"inputs there {at}");
            }
        }
    }

    private static double Ulp(double x) =>
        Math.Abs(x) >= float.MaxValue ? 2e31 : MathF.BitIncrement(MathF.Abs((float)x)) - (double)MathF.Abs((float)x);

    private static float[] Numbers(int n, int seed, float scale = 1)
    {
        var random = new Random(seed);
        float[] x = new float[n];
        for (int i = 0; i < n; i++) x[i] = scale * (2 * random.NextSingle() - 1);
        return x;
    }
}
