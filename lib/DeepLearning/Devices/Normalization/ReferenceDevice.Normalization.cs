namespace DeepLearning.Kernels;

public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void BatchNorm(in BatchNormArgs p, Storage? beta, Storage y)
    {
        double m = p.Samples * p.Inner;
        for (int c = 0; c < p.Channels; c++)
        {
            double sum = 0, squares = 0;
            foreach (int i in Channel(p, c)) sum += Data(p.X)[i];
            double mean = sum / m;
            foreach (int i in Channel(p, c)) squares += Math.Pow(Data(p.X)[i] - mean, 2);
            double variance = squares / m;
            foreach (int i in Channel(p, c))
                Data(y)[i] = At(p.Gamma, c, 1) * (Data(p.X)[i] - mean) / Math.Sqrt(variance + p.Epsilon) + At(beta, c, 0);
            (Data(p.Mean)[c], Data(p.Variance)[c]) = (mean, variance);
        }
    }

    /// <inheritdoc/>
    public override void BatchNormGradient(in BatchNormArgs p, Storage dy, Storage? dx, Storage dGamma, Storage dBeta)
    {
        double[] x = Data(p.X), g = Data(dy);
        double m = p.Samples * p.Inner;
        for (int c = 0; c < p.Channels; c++)
        {
            double mean = Data(p.Mean)[c], deviation = Math.Sqrt(Data(p.Variance)[c] + p.Epsilon), sum = 0, product = 0;
            foreach (int i in Channel(p, c))
            {
                sum += g[i];
                product += g[i] * (x[i] - mean) / deviation;
            }
            (Data(dBeta)[c], Data(dGamma)[c]) = (sum, product);
            if (dx is null) continue;
            foreach (int i in Channel(p, c))
                Data(dx)[i] = At(p.Gamma, c, 1) / deviation * (g[i] - sum / m - (x[i] - mean) / deviation * product / m);
        }
    }

    /// <inheritdoc/>
    public override void GroupNorm(in GroupNormArgs p, Storage? beta, Storage y)
    {
        double[] x = Data(p.X);
        for (int r = 0; r < p.Rows; r++)
        {
            int start = r * p.Length;
            double sum = 0, squares = 0;
            for (int i = start; i < start + p.Length; i++) sum += x[i];
            double mean = sum / p.Length;
            for (int i = start; i < start + p.Length; i++) squares += Math.Pow(x[i] - mean, 2);
            double inverse = 1 / Math.Sqrt(squares / p.Length + p.Epsilon);
            for (int i = start; i < start + p.Length; i++)
                Data(y)[i] = At(p.Gamma, ChannelOf(p, i), 1) * (x[i] - mean) * inverse + At(beta, ChannelOf(p, i), 0);
            (Data(p.Mean)[r], Data(p.Inverse)[r]) = (mean, inverse);
        }
    }

    /// <inheritdoc/>
    public override void GroupNormGradient(in GroupNormArgs p, Storage dy, Storage? dx, Storage dGamma, Storage dBeta)
    {
        double[] x = Data(p.X), g = Data(dy);
        Fill(dGamma, p.Groups * p.Channels, 0);
        Fill(dBeta, p.Groups * p.Channels, 0);
        for (int r = 0; r < p.Rows; r++)
        {
            int start = r * p.Length;
            double mean = Data(p.Mean)[r], inverse = Data(p.Inverse)[r], sum = 0, product = 0;
            for (int i = start; i < start + p.Length; i++)
            {
                int c = ChannelOf(p, i);
                double normal = (x[i] - mean) * inverse, weighted = At(p.Gamma, c, 1) * g[i];
                Data(dBeta)[c] += g[i];
                Data(dGamma)[c] += g[i] * normal;
                sum += weighted;
                product += weighted * normal;
            }
            if (dx is null) continue;
            for (int i = start; i < start + p.Length; i++)
            {
                double normal = (x[i] - mean) * inverse;
                Data(dx)[i] = inverse * (At(p.Gamma, ChannelOf(p, i), 1) * g[i] - sum / p.Length - normal * product / p.Length);
            }
        }
    }

    private static double At(Storage? values, int i, double otherwise) => values is null ? otherwise : Data(values)[i];

    // Where the numbers of channel c are.
    private static IEnumerable<int> Channel(BatchNormArgs p, int c)
    {
        for (int n = 0; n < p.Samples; n++)
        for (int i = 0; i < p.Inner; i++)
            yield return (n * p.Channels + c) * p.Inner + i;
    }

    private static int ChannelOf(in GroupNormArgs p, int i) => i / p.Inner % (p.Groups * p.Channels);
}
