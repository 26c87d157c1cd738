namespace DeepLearning;

/// <summary>What the convolution layers have in common: their sizes checked, and named.</summary>
internal static class ConvolutionSizes
{
    public static void Check(string layer, int inputs, int outputs, Size2 kernel, Size2 stride, Padding padding, Size2 dilation, int groups)
    {
        if (inputs < 1 || outputs < 1 || kernel is not { Height: >= 1, Width: >= 1 })
            throw new ArgumentException(
                $"{layer} needs 1 or more input and output channels and a kernel of 1 or more, got {inputs}, {outputs} and {kernel}.");
        if (stride is not { Height: >= 1, Width: >= 1 } || dilation is not { Height: >= 1, Width: >= 1 })
            throw new ArgumentException($"{layer} needs a stride and a dilation of 1 or more, got {stride} and {dilation}.");
        if (!padding.IsValid) throw new ArgumentException($"{layer} needs a padding of 0 or more, got {padding}.");
        if (groups < 1 || inputs % groups != 0 || outputs % groups != 0)
            throw new ArgumentException(
                $"{layer} needs groups that divide its {inputs} input and {outputs} output channels, got {groups}.");
    }

    /// <summary>The options that are not the usual ones.</summary>
    public static string Options(Size2 stride, Padding padding, Size2 dilation, int groups) =>
        (stride == 1 ? "" : $", stride {Short(stride)}") + (padding == 0 ? "" : $", padding {padding}")
        + (dilation == 1 ? "" : $", dilation {Short(dilation)}") + (groups == 1 ? "" : $", groups {groups}");

    /// <summary>The same for pooling.</summary>
    public static string PoolOptions(Size2 kernel, Size2? stride, Size2? padding, bool ceilMode) =>
        (stride is null || stride == kernel ? "" : $", stride {Short(stride.Value)}")
        + (padding is null || padding == 0 ? "" : $", padding {Short(padding.Value)}")
        + (ceilMode ? ", ceil mode" : "");

    /// <summary>What to do about images that do not fit a layer, or what else is wrong with them.</summary>
    /// <param name="layer">As it writes itself.</param>
    /// <param name="x">What came.</param>
    /// <param name="channels">How many it takes.</param>
    /// <param name="rank">How many axes it takes: 4 for images, 3 for sequences.</param>
    public static void CheckInput(Layer layer, Shape x, int channels, int rank)
    {
        if (x.Rank == rank && x[1] == channels) return;
        string sides = rank == 4 ? "H, W" : "L", expected = $"[N, {channels}, {sides}]";
        string remedy = x.Rank == rank && x[-1] == channels
            ? $"; channels come second: x.{(rank == 4 ? "Permute(0, 3, 1, 2)" : "Transpose(1, 2)")}"
            : x.Rank == rank ? $"; its second axis has {x[1]} channels, the layer takes {channels}"
            : x.Rank == rank - 1 && x[0] == channels ? "; give a single sample an axis of its own: x.Unsqueeze(0)"
            : x.Rank == rank - 1 && channels == 1 ? "; give them an axis for their one channel: x.Unsqueeze(1)"
            : x.Rank == 2 ? $"; make {(rank == 4 ? "images" : "sequences")} of its rows first: new Reshape({channels}, {sides})" : "";
        throw new ArgumentException($"{layer} got input {x}; expected {expected}{remedy}.");
    }

    private static string Short(Size2 size) => size.Height == size.Width ? $"{size.Height}" : size.ToString();
}
