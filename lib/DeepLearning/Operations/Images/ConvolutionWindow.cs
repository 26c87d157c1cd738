namespace DeepLearning;

// The sizes of convolutions, worked out in 64 bits, and what is wrong with them.
public partial class Tensor
{
    // Numbers of a padded image with all its channels: a kernel may add up two such sizes in 32 bits.
    private const int LargestImage = 1 << 29;

    /// <summary>What a convolution does with these sizes, or what is wrong with them.</summary>
    internal static (ConvArgs Args, string? Problem) Window(
        Shape x, Shape weight, Size2 stride, Padding padding, Size2 dilation, int groups)
    {
        if (Problem(x, stride, padding, dilation, groups, weight) is { } problem) return (default, problem);
        if (x[1] != (long)weight[1] * groups || weight[0] % groups != 0)
        {
            return (default, $"with {groups} group{(groups == 1 ? "" : "s")}, x has groups·{weight[1]} channels "
                + "and the number of kernels is a multiple of groups");
        }
        long spanH = Span(weight[2], dilation.Height), spanW = Span(weight[3], dilation.Width);
        if (spanH > LargestImage || spanW > LargestImage) return (default, TooLarge("the kernel spans", 1, spanH, spanW));
        (Size2 before, Size2 behind) = padding.Around(((int)spanH, (int)spanW));
        long height = (long)x[2] + before.Height + behind.Height, width = (long)x[3] + before.Width + behind.Width;
        if (height < spanH || width < spanW)
            return (default, $"the kernel spans {spanH}×{spanW}, more than the padded image, {height}×{width}");
        if (!Fits(weight[1], height, width)) return (default, TooLarge("the padded image has", weight[1], height, width));
        int outH = (int)((height - spanH) / stride.Height) + 1, outW = (int)((width - spanW) / stride.Width) + 1;
        ConvArgs args = new(x[0], x[1], x[2], x[3], weight[0], outH, outW);
        return (Args(args, weight, stride, before, dilation, groups, height, width), null);
    }

    /// <summary>The convolution whose transpose this is, from [N, K, H′, W′] to x, or what is wrong.</summary>
    internal static (ConvArgs Args, string? Problem) TransposedWindow(
        Shape x, Shape weight, Size2 stride, Padding padding, Size2 outputPadding, Size2 dilation, int groups)
    {
        if (Problem(x, stride, padding, dilation, groups, weight) is { } problem) return (default, problem);
        if (padding.IsSame) return (default, "a transposed convolution takes its padding as a number");
        if (x[1] != weight[0] || x[1] % groups != 0)
            return (default, $"x has as many channels as the weights, {weight[0]}, a multiple of the {groups} group(s)");
        if (outputPadding is not { Height: >= 0, Width: >= 0 } || outputPadding.Height >= Math.Max(stride.Height, dilation.Height)
            || outputPadding.Width >= Math.Max(stride.Width, dilation.Width))
            return (default, $"outputPadding must be 0 or more and less than stride or dilation, got {outputPadding}");
        (Size2 before, Size2 behind) = padding.Around(1);
        long whole = (x[2] - 1L) * stride.Height + Span(weight[2], dilation.Height) + outputPadding.Height;
        long across = (x[3] - 1L) * stride.Width + Span(weight[3], dilation.Width) + outputPadding.Width;
        if (!Fits(weight[1], whole, across)) return (default, TooLarge("the output before cutting has", weight[1], whole, across));
        long height = whole - before.Height - behind.Height, width = across - before.Width - behind.Width;
        if (height < 1 || width < 1) return (default, $"nothing is left after cutting off {padding}: the output would be {height}×{width}");
        ConvArgs args = new(x[0], Sizes.Length((long)weight[1] * groups, "ConvTranspose2d"), (int)height, (int)width, x[1], x[2], x[3]);
        return (Args(args, weight, stride, before, dilation, groups, whole, across), null);
    }

    // A stride longer than the image, and the distance between the taps of a kernel of one, change nothing; kernels get them small.
    private static ConvArgs Args(
        ConvArgs sizes, Shape weight, Size2 stride, Size2 before, Size2 dilation, int groups, long height, long width) => sizes with
    {
        KernelH = weight[2], KernelW = weight[3], PadH = before.Height, PadW = before.Width, Groups = groups,
        StrideH = (int)Math.Min(stride.Height, height), StrideW = (int)Math.Min(stride.Width, width),
        DilationH = weight[2] == 1 ? 1 : dilation.Height, DilationW = weight[3] == 1 ? 1 : dilation.Width,
    };

    // What the taps of a kernel reach over: dilation·(kernel − 1) + 1.
    private static long Span(int kernel, int dilation) => (kernel - 1L) * dilation + 1;

    // Each length first, so that the product cannot overflow.
    private static bool Fits(int channels, long height, long width) =>
        height <= LargestImage && width <= LargestImage && height * width <= LargestImage && channels * height * width <= LargestImage;

    private static string TooLarge(string what, int channels, long height, long width) =>
        $"{what} {(channels > 1 ? $"{channels}×" : "")}{height}×{width} numbers, more than the {LargestImage} that are possible; "
        + "look for a mistake in padding, dilation or stride";

    private static string? Problem(Shape x, Size2 stride, Padding padding, Size2 dilation, int groups, Shape weight) =>
        stride is not { Height: >= 1, Width: >= 1 } ? $"stride must be 1 or more, got {stride}"
        : dilation is not { Height: >= 1, Width: >= 1 } ? $"dilation must be 1 or more, got {dilation}"
        : !padding.IsValid ? $"padding must be 0 or more, got {padding}"
        : groups < 1 ? $"groups must be 1 or more, got {groups}"
        : weight[0] < 1 || weight[2] < 1 || weight[3] < 1 ? "the kernel has no taps"
        : x[2] < 1 || x[3] < 1 ? "the images have no rows or no columns" : null;
}
