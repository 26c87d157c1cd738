namespace DeepLearning;

// Pooling: windows moved over the images, each giving one number. Channels are kept apart, so an image is a plane.
public partial class Tensor
{
    /// <summary>The largest number of each window. The gradient goes to it alone; to the first, if several are equal.</summary>
    /// <param name="kernel">Rows and columns of the window.</param>
    /// <param name="stride">From one window to the next; the kernel's size unless given, so that windows touch.</param>
    /// <param name="padding">Rows and columns around the image that never are the largest; at most half the kernel; 0.</param>
    /// <param name="ceilMode">
    /// Whether what is left over at the end gets a window of its own, which reaches beyond the image: ⌈ ⌉ in place of ⌊ ⌋. It must begin
    /// within the image or the padding before it.
    /// </param>
    /// <returns>[N, C, H, W] → [N, C, H′, W′] with H′ = ⌊(H + 2·padding − kernel)/stride⌋ + 1.</returns>
    /// <exception cref="ArgumentException">This is not [N, C, H, W], or the window is larger than the padded image.</exception>
    public Tensor MaxPool2d(Size2 kernel, Size2? stride = null, Size2? padding = null, bool ceilMode = false) =>
        MaxPool(PoolWindow("MaxPool2d", 4, kernel, stride ?? kernel, padding ?? 0, ceilMode));

    /// <summary>The largest number of each window along the last axis: [N, C, L] → [N, C, L′].</summary>
    /// <inheritdoc cref="MaxPool2d"/>
    public Tensor MaxPool1d(int kernel, int? stride = null, int padding = 0, bool ceilMode = false) =>
        MaxPool(PoolWindow("MaxPool1d", 3, (1, kernel), (1, stride ?? kernel), (0, padding), ceilMode));

    /// <summary>The mean of each window.</summary>
    /// <param name="kernel">Rows and columns of the window.</param>
    /// <param name="stride">From one window to the next; the kernel's size unless given, so that windows touch.</param>
    /// <param name="padding">Rows and columns around the image; at most half the kernel; 0.</param>
    /// <param name="countPadding">Whether padding counts as zeros; else only numbers inside the image do.</param>
    /// <param name="ceilMode">As for <see cref="MaxPool2d"/>; what lies beyond the padding never counts.</param>
    /// <inheritdoc cref="MaxPool2d" path="/returns"/>
    /// <inheritdoc cref="MaxPool2d" path="/exception"/>
    public Tensor AveragePool2d(
        Size2 kernel, Size2? stride = null, Size2? padding = null, bool countPadding = true, bool ceilMode = false) =>
        AveragePool(PoolWindow("AveragePool2d", 4, kernel, stride ?? kernel, padding ?? 0, ceilMode), countPadding, ceilMode);

    /// <summary>The mean of each window along the last axis: [N, C, L] → [N, C, L′].</summary>
    /// <inheritdoc cref="AveragePool2d"/>
    public Tensor AveragePool1d(int kernel, int? stride = null, int padding = 0, bool countPadding = true, bool ceilMode = false) =>
        AveragePool(PoolWindow("AveragePool1d", 3, (1, kernel), (1, stride ?? kernel), (0, padding), ceilMode), countPadding, ceilMode);

    /// <summary>The mean of windows that divide the image, whatever its size, into the wanted number of rows and columns.</summary>
    /// <param name="size">H′ × W′; 1 is the mean of the whole image.</param>
    /// <returns>[N, C, H, W] → [N, C, H′, W′]; window i is rows ⌊i·H/H′⌋ … ⌈(i + 1)·H/H′⌉ − 1.</returns>
    /// <exception cref="ArgumentException">This is not [N, C, H, W].</exception>
    public Tensor AdaptiveAveragePool2d(Size2 size)
    {
        PoolArgs p = AdaptiveWindow("AdaptiveAveragePool2d", size);
        return Averages(p, PoolShape(p), back: false);
    }

    /// <summary>The largest number of windows that divide the image; see <see cref="AdaptiveAveragePool2d"/>.</summary>
    /// <inheritdoc cref="AdaptiveAveragePool2d"/>
    public Tensor AdaptiveMaxPool2d(Size2 size) => MaxPool(AdaptiveWindow("AdaptiveMaxPool2d", size));

    /// <summary>The mean of each image of each channel: [N, C, H, W] → [N, C].</summary>
    /// <exception cref="ArgumentException">This is not [N, C, H, W].</exception>
    public Tensor GlobalAveragePool2d()
    {
        CheckImages("GlobalAveragePool2d", 4);
        return Mean([2, 3]);
    }

    /// <summary>The largest number of each image of each channel: [N, C, H, W] → [N, C].</summary>
    /// <exception cref="ArgumentException">This is not [N, C, H, W].</exception>
    public Tensor GlobalMaxPool2d() => MaxPool(AdaptiveWindow("GlobalMaxPool2d", 1)).Reshape(Shape[0], Shape[1]);

    private Tensor MaxPool(PoolArgs p)
    {
        if (p.H * p.W > ArgumentCheck.LargestWhole)
            throw new ArgumentException(
                $"Max pooling remembers places exactly up to {ArgumentCheck.LargestWhole} numbers a channel, got {Shape}.");
        Tensor y = Empty(PoolShape(p), Device), index = Empty(y.Shape, Device);
        Device.MaxPool(p, Storage, y.Storage, index.Storage);
        return Record("maxpool", y, new MaxPoolState(p, index), static (op, g) =>
        {
            (PoolArgs p, Tensor index) = op.State;
            op.Send(0, g.AtMaxima(p, index, op[0].Shape, back: true));
        }, this);
    }

    // The numbers of images at the places that max pooling found; on the way back, one for each window put there and added up.
    private Tensor AtMaxima(PoolArgs p, Tensor index, Shape shape, bool back)
    {
        Tensor y = Empty(shape, Device);
        if (back)
        {
            Device.MaxPoolGradient(p, Storage, index.Storage, y.Storage);
            return Record("maxplace", y, new MaxPlaceState(p, index), static (op, g) =>
                op.Send(0, g.AtMaxima(op.State.Windows, op.State.Index, op[0].Shape, back: false)), this);
        }
        Device.MaxPoolPick(p, Storage, index.Storage, y.Storage);
        return Record("maxpick", y, new MaxPickState(p, index), static (op, g) =>
            op.Send(0, g.AtMaxima(op.State.Windows, op.State.Index, op[0].Shape, back: true)), this);
    }

    private Tensor AveragePool(PoolArgs p, bool countPadding, bool ceilMode)
    {
        if (!ceilMode || !countPadding) return Averages(p with { CountPadding = countPadding }, PoolShape(p), back: false);
        // Padding counts, but not what lies beyond it: zeros of the image's own.
        Tensor padded = Rank == 3 ? Pad(2, p.PadW, p.PadW) : Pad([(0, 0), (0, 0), (p.PadH, p.PadH), (p.PadW, p.PadW)]);
        return padded.Averages(p with { H = p.H + 2 * p.PadH, W = p.W + 2 * p.PadW, PadH = 0, PadW = 0 }, PoolShape(p), back: false);
    }

    // The mean of each window of images; on the way back, one number for each window spread over it and added up.
    private Tensor Averages(PoolArgs p, Shape shape, bool back)
    {
        Tensor y = Empty(shape, Device);
        if (back)
        {
            Device.AveragePoolGradient(p, Storage, y.Storage);
            return Record("averagespread", y, new AverageSpreadState(p), static (op, g) =>
                op.Send(0, g.Averages(op.State.Windows, op[0].Shape, back: false)), this);
        }
        Device.AveragePool(p, Storage, y.Storage);
        return Record("averagepool", y, new AveragePoolState(p), static (op, g) =>
            op.Send(0, g.Averages(op.State.Windows, op[0].Shape, back: true)), this);
    }

    // [N, C, …] with other sizes in place of the last axes.
    private Shape PoolShape(PoolArgs p) =>
        Rank == 3 ? new Shape(Shape[0], Shape[1], p.OutW) : new Shape(Shape[0], Shape[1], p.OutH, p.OutW);

    private PoolArgs PoolWindow(string name, int rank, Size2 kernel, Size2 stride, Size2 padding, bool ceilMode)
    {
        CheckImages(name, rank);
        if (kernel is not { Height: >= 1, Width: >= 1 } || stride is not { Height: >= 1, Width: >= 1 })
            throw new ArgumentException($"{name} needs a kernel and a stride of 1 or more, got {kernel} and {stride}.");
        if (padding is not { Height: >= 0, Width: >= 0 } || padding.Height > kernel.Height / 2 || padding.Width > kernel.Width / 2)
            throw new ArgumentException(
                $"{name} pads by at most half its kernel {kernel}, got {padding}; more would make windows of nothing but padding.");
        int height = rank == 4 ? Shape[2] : 1, width = Shape[-1];
        long h = height + 2L * padding.Height, w = width + 2L * padding.Width;
        if (h < kernel.Height || w < kernel.Width)
            throw new ArgumentException($"{name} got input {Shape}; its window is {kernel}, more than the padded image, {h}×{w}.");
        if (!Fits(1, h, w)) throw new ArgumentException($"{name} got input {Shape}; {TooLarge("the padded image has", 1, h, w)}.");
        return new PoolArgs(Planes, height, width, Windows(height, padding.Height, kernel.Height, stride.Height, ceilMode),
            Windows(width, padding.Width, kernel.Width, stride.Width, ceilMode))
        {
            KernelH = kernel.Height, KernelW = kernel.Width,
            StrideH = (int)Math.Min(stride.Height, h), StrideW = (int)Math.Min(stride.Width, w),
            PadH = padding.Height, PadW = padding.Width,
        };
    }

    // How many windows there are along an axis.
    private static int Windows(int length, int pad, int kernel, int stride, bool ceilMode)
    {
        int left = length + 2 * pad - kernel, windows = left / stride + 1;
        return ceilMode && left % stride != 0 && (long)windows * stride < length + pad ? windows + 1 : windows;
    }

    private PoolArgs AdaptiveWindow(string name, Size2 size)
    {
        CheckImages(name, 4);
        if (size is not { Height: >= 1, Width: >= 1 }) throw new ArgumentException($"{name} needs a size of 1 or more, got {size}.");
        if (!Fits(1, Shape[2], size.Height) || !Fits(1, Shape[3], size.Width))
            throw new ArgumentException(
                $"{name} got input {Shape} and a size of {size}; the product of either with the image's is more than {LargestImage}.");
        return new PoolArgs(Planes, Shape[2], Shape[3], size.Height, size.Width) { Adaptive = true };
    }

    private int Planes => Shape.Product(0, 2);

    private void CheckImages(string name, int rank)
    {
        string expected = rank == 4 ? "[N, C, H, W]" : "[N, C, L]";
        if (Rank != rank) throw new ArgumentException($"{name} needs {expected}, got {Shape}.");
        if (Shape.Product(2, rank) == 0)
            throw new ArgumentException($"{name} needs {expected} with images of 1 or more numbers, got {Shape}.");
    }
}

/// <summary>The largest number of each window.</summary>
/// <param name="Windows">Which windows.</param>
/// <param name="Index">For each result, where in its image it stands.</param>
internal readonly record struct MaxPoolState(PoolArgs Windows, Tensor Index) : IOperationState;

/// <summary>Numbers put back where the largest stood: max pooling's derivative.</summary>
internal readonly record struct MaxPlaceState(PoolArgs Windows, Tensor Index) : IOperationState;

/// <summary>Numbers taken from where the largest stood: the derivative of that.</summary>
internal readonly record struct MaxPickState(PoolArgs Windows, Tensor Index) : IOperationState;

/// <summary>The mean of each window.</summary>
internal readonly record struct AveragePoolState(PoolArgs Windows) : IOperationState;

/// <summary>Each number spread evenly over its window: average pooling's derivative.</summary>
internal readonly record struct AverageSpreadState(PoolArgs Windows) : IOperationState;
