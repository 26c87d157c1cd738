namespace DeepLearning;

// Convolutions are products whose matrices are nowhere stored.
public sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void Conv(in ConvArgs p, Storage x, Storage w, Storage? bias, Storage y)
    {
        ConvShape shape = ConvShape.From(p);
        Product(Filters(p, w), new WindowMatrix { X = Read(x), Shape = shape },
            new ImageMatrix { Data = Write(y), Bias = ReadOr(bias, w), Channels = p.K, GroupChannels = p.GroupK, Plane = p.OutH * p.OutW, HasBias = Flag(bias is not null) },
            p.Groups, p.GroupK, p.N * p.OutH * p.OutW, p.Taps, columnsOfA: false, columnsOfB: false);
    }

    /// <inheritdoc/>
    public override void ConvInputGradient(in ConvArgs p, Storage dy, Storage w, Storage dx)
    {
        ConvShape shape = ConvShape.From(p);
        Product(new FilterMatrix { W = Read(w), Shape = shape }, new GradientMatrix { DY = Read(dy), Shape = shape },
            new ImageMatrix { Data = Write(dx), Bias = Read(w), Channels = p.C, GroupChannels = p.GroupC, Plane = p.H * p.W },
            p.Groups, p.GroupC, p.N * p.H * p.W, p.GroupK * p.KernelH * p.KernelW, columnsOfA: false, columnsOfB: false);
    }

    /// <inheritdoc/>
    public override void ConvWeightGradient(in ConvArgs p, Storage x, Storage dy, Storage dw, Storage? dbias)
    {
        ConvShape shape = ConvShape.From(p);
        int outside = p.OutH * p.OutW;
        Product(new ImageMatrix { Data = Read(dy), Bias = Read(dy), Channels = p.K, GroupChannels = p.GroupK, Plane = outside },
            new WindowRows { Windows = new WindowMatrix { X = Read(x), Shape = shape } },
            new MatrixTarget { Data = Write(dw), Bias = Read(x), Rows = p.GroupK, Columns = p.Taps },
            p.Groups, p.GroupK, p.Taps, p.N * outside, columnsOfA: false, columnsOfB: true);
        if (dbias is not null) ChannelSums(dy, dbias, p.N, p.K, outside);
    }

    private static StridedMatrix Filters(in ConvArgs p, Storage w) => new() { Data = Read(w), BatchStride = p.GroupK * p.Taps, RowStride = p.Taps, ColumnStride = 1 };
}
