namespace DeepLearning;

// Pooling: windows moved over the images, each giving one number. Channels are kept apart, so an image is a plane.
public partial class Tensor
{
    private const int LargestPlane = 1 << 24;

    /// <summary>The largest number of each window. The gradient goes to it alone; to the first, if several are equal.</summary>
    /// <param name="kernel">Rows and columns of the window.</param>
    /// <param name="stride">From one window to the next; the kernel's size unless given, so that windows touch.</param>
    /// <param name="padding">Rows and columns around the image that never are the largest; at most half the kernel; 0.</param>
    /// <returns>[N, C, H, W] → [N, C, H′, W′] with H′ = ⌊(H + 2·padding − kernel)/stride⌋ + 1.</returns>
    /// <exception cref="ArgumentException">This is not [N, C, H, W], or the window is larger than the padded image.</exception>
    public Tensor MaxPool2d(Size2 kernel, Size2? stride = null, Size2? padding = null) =>
        MaxPool(PoolWindow("MaxPool2d", 4, kernel, stride ?? kernel, padding ?? 0));

    /// <summary>The largest number of each window along the last axis: [N, C, L] → [N, C, L′].</summary>
    /// <inheritdoc cref="MaxPool2d"/>
    public Tensor MaxPool1d(int kernel, int? stride = null, int padding = 0) =>
        MaxPool(PoolWindow("MaxPool1d", 3, (1, kernel), (1, stride ?? kernel), (0, padding)));

    /// <summary>The mean of each window.</summary>
    /// <param name="kernel">Rows and columns of the window.</param>
    /// <param name="stride">From one window to the next; the kernel's size unless given, so that windows touch.</param>
    /// <param name="padding">Rows and columns around the image; at most half the kernel; 0.</param>
    /// <param name="countPadding">Whether padding counts as zeros; else only numbers inside the image do.</param>
    /// <inheritdoc cref="MaxPool2d" path="/returns"/>
    /// <inheritdoc cref="MaxPool2d" path="/exception"/>
    public Tensor AveragePool2d(Size2 kernel, Size2? stride = null, Size2? padding = null, bool countPadding = true) =>
        AveragePool(PoolWindow("AveragePool2d", 4, kernel, stride ?? kernel, padding ?? 0) with { CountPadding = countPadding });

    /// <summary>The mean of each window along the last axis: [N, C, L] → [N, C, L′].</summary>
    /// <inheritdoc cref="AveragePool2d"/>
    public Tensor AveragePool1d(int kernel, int? stride = null, int padding = 0, bool countPadding = true) =>
        AveragePool(PoolWindow("AveragePool1d", 3, (1, kernel), (1, stride ?? kernel), (0, padding)) with { CountPadding = countPadding });

    /// <summary>The mean of windows that divide the image, whatever its size, into the wanted number of rows and columns.</summary>
    /// <param name="size">H′ × W′; 1 is the mean of the whole image.</param>
    /// <returns>[N, C, H, W] → [N, C, H′, W′]; window i is rows ⌊i·H/H′⌋ … ⌈(i + 1)·H/H′⌉ − 1.</returns>
    /// <exception cref="ArgumentException">This is not [N, C, H, W].</exception>
    public Tensor AdaptiveAveragePool2d(Size2 size) => AveragePool(AdaptiveWindow("AdaptiveAveragePool2d", size));

    /// <summary>The largest number of windows that divide the image; see <see cref="AdaptiveAveragePool2d"/>.</summary>
    /// <inheritdoc cref="AdaptiveAveragePool2d"/>
    public Tensor AdaptiveMaxPool2d(Size2 size) => MaxPool(AdaptiveWindow("AdaptiveMaxPool2d", size));

    /// <summary>The mean of each image of each channel: [N, C, H, W] → [N, C].</summary>
    public Tensor GlobalAveragePool2d() => Rank == 4 ? Mean([2, 3])
        : throw new ArgumentException($"GlobalAveragePool2d needs [N, C, H, W], got {Shape}.");

    /// <summary>The largest number of each image of each channel: [N, C, H, W] → [N, C].</summary>
    public Tensor GlobalMaxPool2d() => MaxPool(AdaptiveWindow("GlobalMaxPool2d", 1)).Flatten();

    // [N, C, …] with other sizes in place of the last axes.
    private Shape PoolShape(PoolArgs p) =>
        Rank == 3 ? new Shape(Shape[0], Shape[1], p.OutW) : new Shape(Shape[0], Shape[1], p.OutH, p.OutW);

    private Tensor MaxPool(PoolArgs p)
    {
        if (p.H * p.W > LargestPlane) throw new ArgumentException($"Max pooling remembers places exactly up to {LargestPlane} numbers a channel, got {Shape}.");
        Tensor y = Empty(PoolShape(p), Device), index = Empty(y.Shape, Device);
        Device.MaxPool(p, Storage, y.Storage, index.Storage);
        return Record("maxpool", y, new MaxPoolState(p, index), static (op, g) =>
        {
            var (p, index) = op.State;
            op.Send(0, MaxPoolPlace(p, g, index, op[0].Shape));
        }, this);
    }

    // The gradient goes where the largest numbers were, and its own gradient comes from there.
    private static Tensor MaxPoolPlace(PoolArgs p, Tensor y, Tensor index, Shape shape)
    {
        Tensor x = Empty(shape, y.Device);
        y.Device.MaxPoolGradient(p, y.Storage, index.Storage, x.Storage);
        return Record("maxplace", x, new MaxPlaceState(p, index), static (op, g) =>
        {
            var (p, index) = op.State;
            op.Send(0, MaxPoolPick(p, g, index, op[0].Shape));
        }, y);
    }

    private static Tensor MaxPoolPick(PoolArgs p, Tensor x, Tensor index, Shape shape)
    {
        Tensor y = Empty(shape, x.Device);
        x.Device.MaxPoolPick(p, x.Storage, index.Storage, y.Storage);
        return Record("maxpick", y, new MaxPickState(p, index), static (op, g) =>
        {
            var (p, index) = op.State;
            op.Send(0, MaxPoolPlace(p, g, index, op[0].Shape));
        }, x);
    }

    private Tensor AveragePool(PoolArgs p) => AveragePool(p, PoolShape(p));

    private Tensor AveragePool(PoolArgs p, Shape shape)
    {
        Tensor y = Empty(shape, Device);
        Device.AveragePool(p, Storage, y.Storage);
        return Record("averagepool", y, new AveragePoolState(p), static (op, g) => op.Send(0, g.AverageSpread(op.State.Windows, op[0].Shape)), this);
    }

    private Tensor AverageSpread(PoolArgs p, Shape shape)
    {
        Tensor x = Empty(shape, Device);
        Device.AveragePoolGradient(p, Storage, x.Storage);
        return Record("averagespread", x, new AverageSpreadState(p), static (op, g) => op.Send(0, g.AveragePool(op.State.Windows, op[0].Shape)), this);
    }

    private PoolArgs PoolWindow(string name, int rank, Size2 kernel, Size2 stride, Size2 padding)
    {
        if (Rank != rank) throw new ArgumentException($"{name} needs {(rank == 4 ? "[N, C, H, W]" : "[N, C, L]")}, got {Shape}.");
        if (kernel is not { Height: >= 1, Width: >= 1 } || stride is not { Height: >= 1, Width: >= 1 })
            throw new ArgumentException($"{name} needs a kernel and a stride of 1 or more, got {kernel} and {stride}.");
        if (padding is not { Height: >= 0, Width: >= 0 } || 2 * padding.Height > kernel.Height || 2 * padding.Width > kernel.Width)
            throw new ArgumentException($"{name} pads by at most half its kernel {kernel}, got {padding}; more would make windows of nothing but padding.");
        int height = rank == 4 ? Shape[2] : 1, width = Shape[-1], h = height + 2 * padding.Height, w = width + 2 * padding.Width;
        if (h < kernel.Height || w < kernel.Width)
            throw new ArgumentException($"{name} got input {Shape}; its window is {kernel}, more than the padded image, {h}×{w}.");
        return new PoolArgs(Shape[0] * Shape[1], height, width, (h - kernel.Height) / stride.Height + 1, (w - kernel.Width) / stride.Width + 1)
        {
            KernelH = kernel.Height, KernelW = kernel.Width, StrideH = stride.Height, StrideW = stride.Width,
            PadH = padding.Height, PadW = padding.Width,
        };
    }

    private PoolArgs AdaptiveWindow(string name, Size2 size) =>
        Rank != 4 || Shape[2] * Shape[3] == 0 ? throw new ArgumentException($"{name} needs [N, C, H, W] with images of 1 or more numbers, got {Shape}.")
        : size is not { Height: >= 1, Width: >= 1 } ? throw new ArgumentException($"{name} needs a size of 1 or more, got {size}.")
        : new PoolArgs(Shape[0] * Shape[1], Shape[2], Shape[3], size.Height, size.Width) { Adaptive = true };
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
