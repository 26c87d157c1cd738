namespace DeepLearning.Kernels;

public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void AttentionWeights(in AttentionWeightsArgs p)
    {
        double[] x = Data(p.X), y = Data(p.Y);
        double[] score = new double[p.Columns];
        for (int r = 0; r < p.MatrixRows; r++)
        {
            double max = double.NegativeInfinity, sum = 0;
            for (int j = 0; j < p.Columns; j++)
            {
                bool seen = !p.Causal || j <= r % p.Rows;
                score[j] = seen ? p.Scale * x[r * p.Columns + j] + At(p.Mask, p.MaskStart(r) + j, 0) : double.NegativeInfinity;
                max = Math.Max(max, score[j]);
            }
            for (int j = 0; j < p.Columns; j++) sum += Math.Exp(score[j] - max);
            for (int j = 0; j < p.Columns; j++) y[r * p.Columns + j] = double.IsNegativeInfinity(max) ? 0 : Math.Exp(score[j] - max) / sum;
        }
    }
}
