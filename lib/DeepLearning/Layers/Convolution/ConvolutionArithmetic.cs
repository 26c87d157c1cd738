using System.Globalization;

namespace DeepLearning;

/// <summary>
/// The sums of the notes for windows that slide over images: S3 "Compute the output shape and number of parameters of each layer".
/// </summary>
internal static class ConvolutionArithmetic
{
    /// <summary>Of a convolution; shapes are [1, channels, …].</summary>
    public static LayerArithmetic Of(Shape x, Shape y, Parameter weight, Parameter? bias, Size2 stride, Padding padding, Size2 dilation)
    {
        Shape kernel = weight.Shape;
        Size2 taps = kernel.Rank == 4 ? (kernel[2], kernel[3]) : (1, kernel[2]);
        string one = string.Join('×', [.. kernel.Dims[2..], kernel[1]]);
        int outputs = kernel[0], places = y.Count;
        return new(Size(x, y, taps, stride, padding, dilation),
            bias is null ? $"{one}×{outputs}" : $"({one} + 1)×{outputs}",
            (long)places * (weight.Count / outputs), $"{string.Join('×', [.. y.Dims[2..], outputs])} × {one}");
    }

    /// <summary>How the output's size comes about: (W − F + 2P)/S + 1, floored; one sum if both axes have the same.</summary>
    public static string Size(Shape x, Shape y, Size2 kernel, Size2 stride, Padding padding, Size2 dilation)
    {
        Size2 span = (dilation.Height * (kernel.Height - 1) + 1, dilation.Width * (kernel.Width - 1) + 1);
        (Size2 before, Size2 behind) = padding.Around(span);
        string columns = Along(x[-1], y[-1], span.Width, before.Width, behind.Width, stride.Width);
        if (x.Rank == 3) return columns;
        string rows = Along(x[-2], y[-2], span.Height, before.Height, behind.Height, stride.Height);
        return rows == columns ? columns : $"{rows}, {columns}";
    }

    private static string Along(int length, int result, int span, int before, int behind, int stride)
    {
        string padding = before + behind == 0 ? "" : before == behind ? $" + 2×{before}" : $" + {before} + {behind}";
        double exact = (double)(length - span + before + behind) / stride + 1;
        string sum = $"({length} − {span}{padding})/{stride} + 1";
        if (exact == result) return $"{result} = {sum}";
        (char open, char close) = exact < result ? ('⌈', '⌉') : ('⌊', '⌋');
        return string.Create(CultureInfo.InvariantCulture, $"{result} = {open}{sum}{close} = {open}{exact:0.##}{close}");
    }
}
