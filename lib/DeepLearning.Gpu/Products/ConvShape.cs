namespace DeepLearning;

/// <summary><see cref="ConvArgs"/> in whole numbers only, which is what kernels take, with divisors.</summary>
internal struct ConvShape
{
    public int N, C, H, W, K, OutH, OutW, StrideH, StrideW, PadH, PadW, DilationH, DilationW, GroupC, GroupK, KernelArea;
    public Divisor ByKernel, ByKernelW, ByImage, ByW, ByOut, ByOutW, ByStrideH, ByStrideW;

    public static ConvShape From(in ConvArgs p) => new()
    {
        N = p.N, C = p.C, H = p.H, W = p.W, K = p.K, OutH = p.OutH, OutW = p.OutW, StrideH = p.StrideH, StrideW = p.StrideW,
        PadH = p.PadH, PadW = p.PadW, DilationH = p.DilationH, DilationW = p.DilationW, GroupC = p.GroupC, GroupK = p.GroupK,
        KernelArea = p.KernelH * p.KernelW, ByKernel = new Divisor(p.KernelH * p.KernelW), ByKernelW = new Divisor(p.KernelW),
        ByImage = new Divisor(p.H * p.W), ByW = new Divisor(p.W), ByOut = new Divisor(p.OutH * p.OutW), ByOutW = new Divisor(p.OutW),
        ByStrideH = new Divisor(p.StrideH), ByStrideW = new Divisor(p.StrideW),
    };
}

/// <summary>One weight of a filter: its channel, and how far it stands from the filter's corner.</summary>
internal struct Tap
{
    public int Channel, Down, Right;

    public static Tap Of(in ConvShape shape, int tap)
    {
        int channel = shape.ByKernel.Divide(tap, out int inside), row = shape.ByKernelW.Divide(inside, out int column);
        return new Tap { Channel = channel, Down = row * shape.DilationH - shape.PadH, Right = column * shape.DilationW - shape.PadW };
    }
}

/// <summary>One number of a channel of one of many images.</summary>
internal struct Pixel
{
    public int Image, Row, Column;

    public static Pixel Of(Divisor byImage, Divisor byWidth, int place)
    {
        int image = byImage.Divide(place, out int inside), row = byWidth.Divide(inside, out int column);
        return new Pixel { Image = image, Row = row, Column = column };
    }

    /// <summary>The next one in memory.</summary>
    public readonly Pixel Next(int height, int width)
    {
        bool endOfRow = Column + 1 == width, endOfImage = endOfRow && Row + 1 == height;
        return new Pixel
        {
            Image = endOfImage ? Image + 1 : Image, Row = endOfImage ? 0 : endOfRow ? Row + 1 : Row, Column = endOfRow ? 0 : Column + 1,
        };
    }
}
