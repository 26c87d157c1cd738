using ILGPU;

namespace DeepLearning;

/// <summary>
/// What is summed over all samples and positions of a channel. A group of threads takes a piece of one channel's numbers, or of several
/// channels' where these lie side by side; with one piece a channel a single launch does all, otherwise each sum ends a launch.
/// </summary>
internal static class ChannelKernels
{
    // The numbers that a thread works on: of one channel, from First on, Step apart, to before Last.
    private readonly struct Share
    {
        public readonly int Piece, Channel, First, Last, Step;

        public Share(in NormKernelArgs p)
        {
            int all = p.Samples * p.Inner.Value, last;
            Piece = Grid.IdxX / p.Tiles;
            Channel = (Grid.IdxX - Piece * p.Tiles) * p.Width + Group.IdxX % p.Width;
            Step = Group.DimX / p.Width;
            First = Piece * p.PieceLength + Group.IdxX / p.Width;
            last = (Piece + 1) * p.PieceLength;
            Last = Channel >= p.Groups * p.Channels ? 0 : last < all ? last : all;
        }

        /// <summary>Whether it is the thread that writes the channel's results.</summary>
        public bool Writes(in NormKernelArgs p) => Group.IdxX < p.Width && Channel < p.Groups * p.Channels;

        /// <summary>Where number e of the channel is.</summary>
        public int At(in NormKernelArgs p, int e)
        {
            int sample = p.Inner.Divide(e, out int i);
            return (sample * p.Groups * p.Channels + Channel) * p.Inner.Value + i;
        }

        /// <summary>Four of them from e on: so many under way at once.</summary>
        public Float4 Load(in NormKernelArgs p, ArrayView<float> x, int e) =>
            new(x[At(p, e)], x[At(p, e + Step)], x[At(p, e + 2 * Step)], x[At(p, e + 3 * Step)]);
    }

    private static float Together(ArrayView<float> shared, in NormKernelArgs p, float own) =>
        GroupTree.Reduce<ReduceMath.Sum>(shared, own, p.Width);

    // What the pieces of a channel gave.
    private static float Total(ArrayView<float> pieces, in NormKernelArgs p, in Share share)
    {
        int channels = p.Groups * p.Channels;
        Compensated sum = default;
        if (share.Channel < channels)
        {
            for (int piece = 0; piece < p.Pieces; piece++) sum.Add(pieces[piece * channels + share.Channel]);
        }
        return sum.Value;
    }

    private static float Sum(in NormKernelArgs p, in Share share)
    {
        int e = share.First, last = share.Last;
        Compensated own = default;
        for (; e + 3 * share.Step < last; e += 4 * share.Step) own.Add(share.Load(p, p.X, e));
        for (; e < last; e += share.Step) own.Add(p.X[share.At(p, e)]);
        return own.Value;
    }

    private static float Squares(in NormKernelArgs p, in Share share, float mean)
    {
        int e = share.First, last = share.Last;
        Compensated own = default;
        for (; e + 3 * share.Step < last; e += 4 * share.Step)
        {
            Float4 x = share.Load(p, p.X, e);
            own.Add(new Float4((x.A - mean) * (x.A - mean), (x.B - mean) * (x.B - mean), (x.C - mean) * (x.C - mean),
                (x.D - mean) * (x.D - mean)));
        }
        for (; e < last; e += share.Step)
        {
            float apart = p.X[share.At(p, e)] - mean;
            own.Add(apart * apart);
        }
        return own.Value;
    }

    private static void Apply(in NormKernelArgs p, in Share share, float mean, float variance)
    {
        int last = share.Last;
        if (share.First < last)
        {
            float scale = p.GammaAt(share.Channel) / MathF.Sqrt(variance + p.Epsilon), shift = p.BetaAt(share.Channel);
            for (int e = share.First; e < last; e += share.Step)
            {
                int at = share.At(p, e);
                p.Y[at] = (p.X[at] - mean) * scale + shift;
            }
        }
        if (!share.Writes(p) || share.Piece != 0) return;
        p.Mean[share.Channel] = mean;
        p.Spread[share.Channel] = variance;
    }

    /// <summary>Batch normalization; spread is the variance.</summary>
    public static void Batch(NormKernelArgs p)
    {
        ArrayView<float> forSums = GroupTree.Shared(), forSquares = GroupTree.Shared();
        Share share = new(p);
        int m = p.Samples * p.Inner.Value;
        float mean = Together(forSums, p, Sum(p, share)) / m, variance = Together(forSquares, p, Squares(p, share, mean)) / m;
        Apply(p, share, mean, variance);
    }

    /// <summary>The sum of each piece.</summary>
    public static void BatchSums(NormKernelArgs p)
    {
        ArrayView<float> shared = GroupTree.Shared();
        Share share = new(p);
        float sum = Together(shared, p, Sum(p, share));
        if (share.Writes(p)) p.Sums[share.Piece * p.Groups * p.Channels + share.Channel] = sum;
    }

    /// <summary>The sum of each piece's squared distances from the mean.</summary>
    public static void BatchSquares(NormKernelArgs p)
    {
        ArrayView<float> shared = GroupTree.Shared();
        Share share = new(p);
        float squares = Together(shared, p, Squares(p, share, Total(p.Sums, p, share) / (p.Samples * p.Inner.Value)));
        if (share.Writes(p)) p.Products[share.Piece * p.Groups * p.Channels + share.Channel] = squares;
    }

    public static void BatchApply(NormKernelArgs p)
    {
        Share share = new(p);
        int m = p.Samples * p.Inner.Value;
        Apply(p, share, Total(p.Sums, p, share) / m, Total(p.Products, p, share) / m);
    }

    // Σ dy and Σ dy·x̂ of a thread's share. Each row has its own mean where there are groups; with none, each channel.
    private static (float Sum, float Product) Gradients(in NormKernelArgs p, in Share share, bool byRow)
    {
        int e = share.First, last = share.Last;
        float mean = 0, inverse = 0;
        if (!byRow && e < last) (mean, inverse) = (p.Mean[share.Channel], 1 / MathF.Sqrt(p.Spread[share.Channel] + p.Epsilon));
        Compensated sum = default, product = default;
        for (; e < last; e += share.Step)
        {
            int at = share.At(p, e);
            if (byRow)
            {
                int row = p.Inner.Divide(e) * p.Groups + share.Channel / p.Channels;
                (mean, inverse) = (p.Mean[row], p.Spread[row]);
            }
            float dy = p.DY[at], apart = p.X[at] - mean;
            sum.Add(dy);
            product.Add(dy * (apart * inverse));
        }
        return (sum.Value, product.Value);
    }

    private static void ApplyGradient(in NormKernelArgs p, in Share share, float dBeta, float dGamma)
    {
        int last = share.Last, m = p.Samples * p.Inner.Value;
        if (p.WantsDX != 0 && share.First < last)
        {
            float mean = p.Mean[share.Channel], inverse = 1 / MathF.Sqrt(p.Spread[share.Channel] + p.Epsilon),
                scale = p.GammaAt(share.Channel) * inverse;
            float meanDY = dBeta / m, meanProduct = dGamma / m;
            for (int e = share.First; e < last; e += share.Step)
            {
                int at = share.At(p, e);
                p.DX[at] = scale * (p.DY[at] - meanDY - (p.X[at] - mean) * inverse * meanProduct);
            }
        }
        if (!share.Writes(p) || share.Piece != 0) return;
        p.DBeta[share.Channel] = dBeta;
        p.DGamma[share.Channel] = dGamma;
    }

    public static void BatchGradient(NormKernelArgs p)
    {
        ArrayView<float> forSums = GroupTree.Shared(), forProducts = GroupTree.Shared();
        Share share = new(p);
        (float sum, float product) = Gradients(p, share, byRow: false);
        float dBeta = Together(forSums, p, sum), dGamma = Together(forProducts, p, product);
        ApplyGradient(p, share, dBeta, dGamma);
    }

    /// <summary>The sums of each piece.</summary>
    public static void BatchGradientSums(NormKernelArgs p) => StoreGradients(p, byRow: false);

    public static void BatchGradientApply(NormKernelArgs p)
    {
        Share share = new(p);
        ApplyGradient(p, share, Total(p.Sums, p, share), Total(p.Products, p, share));
    }

    /// <summary>dβ and dγ of group normalization, of each piece.</summary>
    public static void GroupGradientSums(NormKernelArgs p) => StoreGradients(p, byRow: true);

    private static void StoreGradients(in NormKernelArgs p, bool byRow)
    {
        ArrayView<float> forSums = GroupTree.Shared(), forProducts = GroupTree.Shared();
        Share share = new(p);
        (float own, float ownProduct) = Gradients(p, share, byRow);
        float sum = Together(forSums, p, own), product = Together(forProducts, p, ownProduct);
        if (!share.Writes(p)) return;
        p.Sums[share.Piece * p.Groups * p.Channels + share.Channel] = sum;
        p.Products[share.Piece * p.Groups * p.Channels + share.Channel] = product;
    }
}
