using ILGPU;

namespace DeepLearning;

/// <summary>What all normalizations take; a block that one has no use for is any other.</summary>
internal struct NormKernelArgs
{
    public ArrayView<float> X, Y, Mean, Spread, Gamma, Beta, DY, DX, DGamma, DBeta;
    public int Samples, Groups, Channels, Inner, HasGamma, HasBeta, WantsDX;
    public float Epsilon;

    public readonly float GammaAt(int channel) => HasGamma != 0 ? Gamma[channel] : 1;

    public readonly float BetaAt(int channel) => HasBeta != 0 ? Beta[channel] : 0;
}

/// <summary>One group of threads for each mean, or for each channel.</summary>
internal static class NormKernels
{
    // Where number e of channel c is, over all samples.
    private static int InChannel(in NormKernelArgs p, int c, int e) => (e / p.Inner * p.Channels + c) * p.Inner + e % p.Inner;

    /// <summary>Batch normalization: a group for each channel; spread is the variance.</summary>
    public static void Batch(NormKernelArgs p)
    {
        var shared = GroupTree.Shared();
        int c = Grid.IdxX, m = p.Samples * p.Inner;
        Compensated own = default;
        for (int e = Group.IdxX; e < m; e += Group.DimX) own.Add(p.X[InChannel(p, c, e)]);
        float mean = GroupTree.Sum(shared, own.Value) / m;
        own = default;
        for (int e = Group.IdxX; e < m; e += Group.DimX)
        {
            float apart = p.X[InChannel(p, c, e)] - mean;
            own.Add(apart * apart);
        }
        float variance = GroupTree.Sum(shared, own.Value) / m, scale = p.GammaAt(c) / MathF.Sqrt(variance + p.Epsilon), shift = p.BetaAt(c);
        for (int e = Group.IdxX; e < m; e += Group.DimX)
        {
            int at = InChannel(p, c, e);
            p.Y[at] = (p.X[at] - mean) * scale + shift;
        }
        if (Group.IdxX != 0) return;
        p.Mean[c] = mean;
        p.Spread[c] = variance;
    }

    public static void BatchGradient(NormKernelArgs p)
    {
        var shared = GroupTree.Shared();
        int c = Grid.IdxX, m = p.Samples * p.Inner;
        float mean = p.Mean[c], inverse = 1 / MathF.Sqrt(p.Spread[c] + p.Epsilon);
        Compensated sum = default, product = default;
        for (int e = Group.IdxX; e < m; e += Group.DimX)
        {
            int at = InChannel(p, c, e);
            sum.Add(p.DY[at]);
            product.Add(p.DY[at] * ((p.X[at] - mean) * inverse));
        }
        float dBeta = GroupTree.Sum(shared, sum.Value), dGamma = GroupTree.Sum(shared, product.Value), scale = p.GammaAt(c) * inverse;
        if (p.WantsDX != 0)
        {
            for (int e = Group.IdxX; e < m; e += Group.DimX)
            {
                int at = InChannel(p, c, e);
                p.DX[at] = scale * (p.DY[at] - dBeta / m - (p.X[at] - mean) * inverse * (dGamma / m));
            }
        }
        if (Group.IdxX != 0) return;
        p.DBeta[c] = dBeta;
        p.DGamma[c] = dGamma;
    }

    // The channel of number e of row r, of group normalization.
    private static int ChannelOf(in NormKernelArgs p, int r, int e) => r % p.Groups * p.Channels + e / p.Inner;

    /// <summary>Group and layer normalization: a group of threads for each group of each sample; spread is 1/deviation.</summary>
    public static void Rows(NormKernelArgs p)
    {
        var shared = GroupTree.Shared();
        int r = Grid.IdxX, length = p.Channels * p.Inner, from = r * length;
        Compensated own = default;
        for (int e = Group.IdxX; e < length; e += Group.DimX) own.Add(p.X[from + e]);
        float mean = GroupTree.Sum(shared, own.Value) / length;
        own = default;
        for (int e = Group.IdxX; e < length; e += Group.DimX) own.Add((p.X[from + e] - mean) * (p.X[from + e] - mean));
        float inverse = 1 / MathF.Sqrt(GroupTree.Sum(shared, own.Value) / length + p.Epsilon);
        for (int e = Group.IdxX; e < length; e += Group.DimX)
        {
            int c = ChannelOf(p, r, e);
            p.Y[from + e] = p.GammaAt(c) * ((p.X[from + e] - mean) * inverse) + p.BetaAt(c);
        }
        if (Group.IdxX != 0) return;
        p.Mean[r] = mean;
        p.Spread[r] = inverse;
    }

    public static void RowsGradient(NormKernelArgs p)
    {
        var shared = GroupTree.Shared();
        int r = Grid.IdxX, length = p.Channels * p.Inner, from = r * length;
        float mean = p.Mean[r], inverse = p.Spread[r];
        Compensated sum = default, product = default;
        for (int e = Group.IdxX; e < length; e += Group.DimX)
        {
            float g = p.GammaAt(ChannelOf(p, r, e)) * p.DY[from + e];
            sum.Add(g);
            product.Add(g * ((p.X[from + e] - mean) * inverse));
        }
        float meanG = GroupTree.Sum(shared, sum.Value) / length, meanProduct = GroupTree.Sum(shared, product.Value) / length;
        for (int e = Group.IdxX; e < length; e += Group.DimX)
        {
            float g = p.GammaAt(ChannelOf(p, r, e)) * p.DY[from + e];
            p.DX[from + e] = inverse * (g - meanG - (p.X[from + e] - mean) * inverse * meanProduct);
        }
    }

    /// <summary>dγ and dβ of group normalization: a group of threads for each channel.</summary>
    public static void ChannelGradient(NormKernelArgs p)
    {
        var shared = GroupTree.Shared();
        int channels = p.Groups * p.Channels, c = Grid.IdxX, m = p.Samples * p.Inner;
        Compensated sum = default, product = default;
        for (int e = Group.IdxX; e < m; e += Group.DimX)
        {
            int sample = e / p.Inner, at = (sample * channels + c) * p.Inner + e % p.Inner, row = sample * p.Groups + c / p.Channels;
            sum.Add(p.DY[at]);
            product.Add(p.DY[at] * ((p.X[at] - p.Mean[row]) * p.Spread[row]));
        }
        float dBeta = GroupTree.Sum(shared, sum.Value), dGamma = GroupTree.Sum(shared, product.Value);
        if (Group.IdxX != 0) return;
        p.DBeta[c] = dBeta;
        p.DGamma[c] = dGamma;
    }

    /// <summary>y[c] = Σ x[n, c, i] over n and i.</summary>
    public static void ChannelSums(NormKernelArgs p)
    {
        var shared = GroupTree.Shared();
        int c = Grid.IdxX, m = p.Samples * p.Inner;
        Compensated own = default;
        for (int e = Group.IdxX; e < m; e += Group.DimX) own.Add(p.X[InChannel(p, c, e)]);
        float sum = GroupTree.Sum(shared, own.Value);
        if (Group.IdxX == 0) p.Y[c] = sum;
    }
}
