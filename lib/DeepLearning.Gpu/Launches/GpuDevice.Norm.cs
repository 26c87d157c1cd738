namespace DeepLearning;

public sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void BatchNorm(in BatchNormArgs p, Storage? beta, Storage y)
    {
        NormKernelArgs kernel = Channels(Norm(p, beta) with
        {
            Y = Write(y), Mean = Write(p.Mean), Spread = Write(p.Variance),
        });
        if (kernel.Pieces == 1)
        {
            EachChannel(ChannelKernels.Batch, kernel);
            return;
        }
        using PieceSums sums = new(this, ref kernel);
        EachChannel(ChannelKernels.BatchSums, kernel);
        EachChannel(ChannelKernels.BatchSquares, kernel);
        EachChannel(ChannelKernels.BatchApply, kernel);
    }

    /// <inheritdoc/>
    public override void BatchNormGradient(in BatchNormArgs p, Storage dy, Storage? dx, Storage dGamma, Storage dBeta)
    {
        NormKernelArgs kernel = Channels(Norm(p, null) with
        {
            Mean = Read(p.Mean), Spread = Read(p.Variance), DY = Read(dy), DX = WriteOr(dx, dGamma), WantsDX = Flag(dx is not null),
            DGamma = Write(dGamma), DBeta = Write(dBeta),
        });
        if (kernel.Pieces == 1)
        {
            EachChannel(ChannelKernels.BatchGradient, kernel);
            return;
        }
        using PieceSums sums = new(this, ref kernel);
        EachChannel(ChannelKernels.BatchGradientSums, kernel);
        EachChannel(ChannelKernels.BatchGradientApply, kernel);
    }

    /// <inheritdoc/>
    public override void GroupNorm(in GroupNormArgs p, Storage? beta, Storage y) => EachRow(NormKernels.Rows, p.Rows, p.Length,
        Norm(p, beta) with { Y = Write(y), Mean = Write(p.Mean), Spread = Write(p.Inverse) });

    /// <inheritdoc/>
    public override void GroupNormGradient(in GroupNormArgs p, Storage dy, Storage? dx, Storage dGamma, Storage dBeta)
    {
        NormKernelArgs kernel = Channels(Norm(p, null) with
        {
            Mean = Read(p.Mean), Spread = Read(p.Inverse), DY = Read(dy), DX = WriteOr(dx, dGamma), Sums = Write(dBeta),
            Products = Write(dGamma),
        });
        if (kernel.Pieces == 1)
        {
            EachChannel(ChannelKernels.GroupGradientSums, kernel);
        }
        else
        {
            NormKernelArgs cut = kernel;
            using PieceSums sums = new(this, ref cut);
            EachChannel(ChannelKernels.GroupGradientSums, cut);
            sums.AddUp(dBeta, dGamma);
        }
        if (dx is not null) EachRow(NormKernels.RowsGradient, p.Rows, p.Length, kernel);
    }

    // y[c] = Σ x[n, c, i] over n and i.
    private void ChannelSums(Storage x, Storage y, int samples, int channels, int inner)
    {
        NormKernelArgs kernel = Channels(Norm(x, null, null, samples, 1, channels, inner, 0));
        Storage sums = kernel.Pieces == 1 ? y : Allocate(kernel.Pieces * channels);
        EachChannel(ChannelKernels.BatchSums, kernel with { Sums = Write(sums) });
        if (kernel.Pieces == 1) return;
        Reduce(ReduceOp.Sum, sums, y, 1, kernel.Pieces, channels);
        Free(sums);
    }

    // How the channels are shared out: several to a group of threads where their numbers lie side by side, and cut into pieces where there
    // are too few.
    private NormKernelArgs Channels(NormKernelArgs p)
    {
        int channels = p.Groups * p.Channels, numbers = Math.Max(1, p.Samples * p.Inner.Value);
        p.Width = p.Inner.Value == 1 ? TileWidth(channels) : 1;
        p.Tiles = (channels + p.Width - 1) / p.Width;
        int shortest = p.Width == 1 ? ShortestRow : ShortestColumn;
        int pieces = Math.Clamp(8 * _wantedGroups / p.Tiles, 1, (numbers + shortest - 1) / shortest);
        p.PieceLength = (numbers + pieces - 1) / pieces;
        p.Pieces = (numbers + p.PieceLength - 1) / p.PieceLength;
        return p;
    }

    // Room for two sums of each piece of each channel, which the kernel writes and a later one, or AddUp, adds.
    private readonly ref struct PieceSums : IDisposable
    {
        private readonly GpuDevice _device;
        private readonly Storage _sums, _products;
        private readonly int _pieces, _channels;

        public PieceSums(GpuDevice device, ref NormKernelArgs kernel)
        {
            (_device, _pieces, _channels) = (device, kernel.Pieces, kernel.Groups * kernel.Channels);
            (_sums, _products) = (device.Allocate(_pieces * _channels), device.Allocate(_pieces * _channels));
            (kernel.Sums, kernel.Products) = (Write(_sums), Write(_products));
        }

        public void AddUp(Storage sum, Storage product)
        {
            _device.Reduce(ReduceOp.Sum, _sums, sum, 1, _pieces, _channels);
            _device.Reduce(ReduceOp.Sum, _products, product, 1, _pieces, _channels);
        }

        public void Dispose()
        {
            _device.Free(_sums);
            _device.Free(_products);
        }
    }

    private void EachChannel(Action<NormKernelArgs> kernel, in NormKernelArgs p) =>
        EachRow(kernel, p.Tiles * p.Pieces, p.Width * p.PieceLength, p);

    private static NormKernelArgs Norm(in BatchNormArgs p, Storage? beta) =>
        Norm(p.X, p.Gamma, beta, p.Samples, 1, p.Channels, p.Inner, p.Epsilon);

    private static NormKernelArgs Norm(in GroupNormArgs p, Storage? beta) =>
        Norm(p.X, p.Gamma, beta, p.Samples, p.Groups, p.Channels, p.Inner, p.Epsilon);

    private static NormKernelArgs Norm(Storage x, Storage? gamma, Storage? beta, int samples, int groups, int channels, int inner,
        double epsilon) => new()
    {
        X = Read(x), Y = Read(x), Mean = Read(x), Spread = Read(x), Gamma = ReadOr(gamma, x), Beta = ReadOr(beta, x), DY = Read(x),
        DX = Read(x), DGamma = Read(x), DBeta = Read(x), Sums = Read(x), Products = Read(x), HasGamma = Flag(gamma is not null),
        HasBeta = Flag(beta is not null), Samples = inner == 0 ? 0 : samples, Groups = groups, Channels = channels, Inner = By(inner),
        Epsilon = (float)epsilon,
    };
}
