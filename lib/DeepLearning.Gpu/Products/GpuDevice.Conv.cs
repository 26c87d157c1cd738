namespace DeepLearning;

// Convolutions are products whose matrices are nowhere stored.
public sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void Conv(in ConvArgs p, Storage x, Storage w, Storage? bias, Storage y)
    {
        WindowMatrix windows = new() { X = Read(x), Shape = ConvShape.From(p) };
        if (Aligned(p.OutH * p.OutW)) Conv<Yes>(p, w, windows, bias, y);
        else Conv<No>(p, w, windows, bias, y);
    }

    private void Conv<TAligned>(in ConvArgs p, Storage w, WindowMatrix windows, Storage? bias, Storage y) where TAligned : struct, IChoice
    {
        ImageMatrix<TAligned> result = Images<TAligned>(y, p.K, p.GroupK, p.OutH * p.OutW, bias);
        if (Aligned(p.Taps)) Product(Filters<Yes>(p, w), windows, result, p.Groups, p.GroupK, p.N * p.OutH * p.OutW, p.Taps);
        else Product(Filters<No>(p, w), windows, result, p.Groups, p.GroupK, p.N * p.OutH * p.OutW, p.Taps);
    }

    /// <inheritdoc/>
    public override void ConvInputGradient(in ConvArgs p, Storage dy, Storage w, Storage dx)
    {
        ConvShape shape = ConvShape.From(p);
        FilterMatrix filters = new() { W = Read(w), Shape = shape };
        GradientMatrix gradient = new() { DY = Read(dy), Shape = shape };
        int plane = p.H * p.W, weights = p.GroupK * p.KernelH * p.KernelW;
        if (Aligned(plane)) Product(filters, gradient, Images<Yes>(dx, p.C, p.GroupC, plane), p.Groups, p.GroupC, p.N * plane, weights);
        else Product(filters, gradient, Images<No>(dx, p.C, p.GroupC, plane), p.Groups, p.GroupC, p.N * plane, weights);
    }

    /// <inheritdoc/>
    public override void ConvWeightGradient(in ConvArgs p, Storage x, Storage dy, Storage dw, Storage? dbias)
    {
        int plane = p.OutH * p.OutW;
        WindowRows windows = new() { Windows = new WindowMatrix { X = Read(x), Shape = ConvShape.From(p) } };
        MatrixTarget result = new() { Data = Write(dw), Bias = Read(x), Rows = p.GroupK, Columns = p.Taps };
        if (Aligned(plane)) Product(Images<Yes>(dy, p.K, p.GroupK, plane), windows, result, p.Groups, p.GroupK, p.Taps, p.N * plane);
        else Product(Images<No>(dy, p.K, p.GroupK, plane), windows, result, p.Groups, p.GroupK, p.Taps, p.N * plane);
        if (dbias is not null) ChannelSums(dy, dbias, p.N, p.K, plane);
    }

    private static StridedMatrix<No, TAligned> Filters<TAligned>(in ConvArgs p, Storage w) where TAligned : struct, IChoice =>
        new() { Data = Read(w), BatchStride = p.GroupK * p.Taps, Stride = p.Taps };

    private static ImageMatrix<TAligned> Images<TAligned>(Storage images, int channels, int groupChannels, int plane, Storage? bias = null)
        where TAligned : struct, IChoice => new()
    {
        Data = Write(images), Bias = ReadOr(bias, images), Channels = channels, GroupChannels = groupChannels, Plane = plane,
        ByPlane = new Divisor(plane), HasBias = Flag(bias is not null),
    };
}
