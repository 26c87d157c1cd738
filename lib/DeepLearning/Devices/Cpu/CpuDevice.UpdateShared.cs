using System.Numerics;

namespace DeepLearning.Kernels;

// What the optimizers' rules use of Shared/.
public sealed partial class CpuDevice
{
    private int Pieces(long steps) => Workers.Pieces(steps);

    private static int Cut(int length, int i, int n, int grain) => Cutting.Cut(length, i, n, grain);

    private static Vector<float> V(float value) => new(value);

    private static Vector<float> LoadPart(ref float x, int count) => Vectors.LoadPart(ref x, count);

    private static void StorePart(Vector<float> vector, ref float y, int count) => Vectors.StorePart(vector, ref y, count);
}
