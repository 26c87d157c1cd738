namespace DeepLearning;

public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public override void MatMul(in MatMulArgs p)
    {
        float[] a = Data(p.A), b = Data(p.B), c = Data(p.C);
        for (int batch = 0; batch < p.Batch; batch++)
        for (int i = 0; i < p.M; i++)
        for (int j = 0; j < p.N; j++)
        {
            int at = (batch * p.M + i) * p.N + j, a0 = batch * p.StrideA, b0 = batch * p.StrideB;
            float sum = (p.Accumulate ? c[at] : 0) + (p.Bias is null ? 0 : Data(p.Bias)[j]);
            for (int k = 0; k < p.K; k++)
                sum += a[a0 + (p.TransposeA ? k * p.M + i : i * p.K + k)] * b[b0 + (p.TransposeB ? j * p.K + k : k * p.N + j)];
            c[at] = sum;
        }
    }
}
