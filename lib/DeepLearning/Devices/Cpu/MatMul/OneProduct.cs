using static DeepLearning.Kernels.CpuStorage;

namespace DeepLearning.Kernels;

/// <summary>One product, with everything the loops need: where each operand starts and how it is laid out.</summary>
internal readonly struct OneProduct(in MatMulArgs p, int batch)
{
    public readonly int M = p.M, N = p.N, K = p.K;
    public readonly float[] A = Data(p.A), B = Data(p.B), C = Data(p.C);
    public readonly float[]? Bias = DataOrNull(p.Bias);
    public readonly int StartA = batch * p.StrideA, StartB = batch * p.StrideB, StartC = batch * p.M * p.N;
    public readonly bool TransposeA = p.TransposeA, TransposeB = p.TransposeB, Accumulate = p.Accumulate;
}
