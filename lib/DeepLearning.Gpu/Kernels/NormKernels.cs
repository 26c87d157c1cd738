using ILGPU;

namespace DeepLearning;

/// <summary>What all normalizations take; a block that one has no use for is any other.</summary>
internal struct NormKernelArgs
{
    public ArrayView<float> X, Y, Mean, Spread, Gamma, Beta, DY, DX, DGamma, DBeta;
    /// <summary>Sums of pieces, [pieces, channels].</summary>
    public ArrayView<float> Sums, Products;
    public int Samples, Groups, Channels, HasGamma, HasBeta, WantsDX;
    public Divisor Inner;
    public float Epsilon;
    /// <summary>Channels that a group of threads works on, a power of two, and how many times that many there are.</summary>
    public int Width, Tiles;
    /// <summary>The numbers of a channel are cut into so many pieces of so many numbers.</summary>
    public int Pieces, PieceLength;

    public readonly float GammaAt(int channel) => HasGamma != 0 ? Gamma[channel] : 1;

    public readonly float BetaAt(int channel) => HasBeta != 0 ? Beta[channel] : 0;
}

/// <summary>Group and layer normalization: a group of threads for each mean. Spread is 1/deviation.</summary>
internal static class NormKernels
{
    // The channel of number e of row r.
    private static int ChannelOf(in NormKernelArgs p, int r, int e) => r % p.Groups * p.Channels + p.Inner.Divide(e);

    public static void Rows(NormKernelArgs p)
    {
        ArrayView<float> shared = GroupTree.Shared();
        int r = Grid.IdxX, length = p.Channels * p.Inner.Value, from = r * length, step = Group.DimX, e = Group.IdxX;
        Compensated own = default;
        for (; e + 3 * step < length; e += 4 * step) own.Add(Float4.Apart(p.X, from + e, step));
        for (; e < length; e += step) own.Add(p.X[from + e]);
        float mean = GroupTree.Sum(shared, own.Value) / length;
        own = default;
        for (e = Group.IdxX; e + 3 * step < length; e += 4 * step)
        {
            Float4 x = Float4.Apart(p.X, from + e, step);
            own.Add(new Float4((x.A - mean) * (x.A - mean), (x.B - mean) * (x.B - mean), (x.C - mean) * (x.C - mean),
                (x.D - mean) * (x.D - mean)));
        }
        for (; e < length; e += step) own.Add((p.X[from + e] - mean) * (p.X[from + e] - mean));
        float inverse = 1 / MathF.Sqrt(GroupTree.Sum(shared, own.Value) / length + p.Epsilon);
        if (!(inverse > 0)) inverse = InverseOfLarge(shared, p, from, length, mean);
        for (e = Group.IdxX; e < length; e += step)
        {
            int c = ChannelOf(p, r, e);
            p.Y[from + e] = p.GammaAt(c) * ((p.X[from + e] - mean) * inverse) + p.BetaAt(c);
        }
        if (Group.IdxX != 0) return;
        p.Mean[r] = mean;
        p.Spread[r] = inverse;
    }

    // 1/deviation where squares are too large for a float32: of numbers made smaller by 2⁻⁸⁰, beside which epsilon is nothing.
    private static float InverseOfLarge(ArrayView<float> shared, in NormKernelArgs p, int from, int length, float mean)
    {
        const float Smaller = 8.271806e-25f;
        Compensated own = default;
        for (int e = Group.IdxX; e < length; e += Group.DimX)
        {
            float x = (p.X[from + e] - mean) * Smaller;
            own.Add(x * x);
        }
        return Smaller / MathF.Sqrt(GroupTree.Sum(shared, own.Value) / length);
    }

    public static void RowsGradient(NormKernelArgs p)
    {
        ArrayView<float> shared = GroupTree.Shared();
        int r = Grid.IdxX, length = p.Channels * p.Inner.Value, from = r * length;
        float mean = p.Mean[r], inverse = p.Spread[r];
        Compensated sum = default, product = default;
        int step = Group.DimX, first = Group.IdxX;
        for (; first + 3 * step < length; first += 4 * step)
        {
            Float4 dy = Float4.Apart(p.DY, from + first, step), x = Float4.Apart(p.X, from + first, step);
            Float4 g = new(p.GammaAt(ChannelOf(p, r, first)) * dy.A, p.GammaAt(ChannelOf(p, r, first + step)) * dy.B,
                p.GammaAt(ChannelOf(p, r, first + 2 * step)) * dy.C, p.GammaAt(ChannelOf(p, r, first + 3 * step)) * dy.D);
            sum.Add(g);
            product.Add(new Float4(g.A * ((x.A - mean) * inverse), g.B * ((x.B - mean) * inverse), g.C * ((x.C - mean) * inverse),
                g.D * ((x.D - mean) * inverse)));
        }
        for (; first < length; first += step)
        {
            float g = p.GammaAt(ChannelOf(p, r, first)) * p.DY[from + first];
            sum.Add(g);
            product.Add(g * ((p.X[from + first] - mean) * inverse));
        }
        float meanG = GroupTree.Sum(shared, sum.Value) / length, meanProduct = GroupTree.Sum(shared, product.Value) / length;
        for (int e = Group.IdxX; e < length; e += Group.DimX)
        {
            float g = p.GammaAt(ChannelOf(p, r, e)) * p.DY[from + e];
            p.DX[from + e] = inverse * (g - meanG - (p.X[from + e] - mean) * inverse * meanProduct);
        }
    }
}
