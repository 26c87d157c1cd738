namespace DeepLearning;

internal sealed class RandomCrop : ImageAugmentation
{
    private readonly (int Height, int Width)? _size;
    private readonly int _padding;
    private readonly float _fill;

    public RandomCrop((int Height, int Width)? size, int padding, double fill)
    {
        if (size is { } piece)
        {
            Augment.Check(piece.Height, 1, double.PositiveInfinity, "height");
            Augment.Check(piece.Width, 1, double.PositiveInfinity, "width");
        }
        Augment.Check(padding, 0, double.PositiveInfinity, size is null ? "pixels" : "padding");
        (_size, _padding, _fill) = (size, padding, Augment.CheckFill(fill));
    }

    protected override ImageSize ResultSize(ImageSize size)
    {
        if (_size is not { } piece) return size;
        if (piece.Height > size.Height + 2 * _padding || piece.Width > size.Width + 2 * _padding)
            throw new ArgumentException($"A piece of {piece.Height} × {piece.Width} does not fit into images of {size.Height} × " +
                $"{size.Width} with a margin of {_padding}.");
        return size with { Height = piece.Height, Width = piece.Width };
    }

    protected override void Change(ReadOnlySpan<float> image, ImageSize size, Span<float> result, Generator generator)
    {
        ImageSize after = ResultSize(size);
        int top = generator.Integer(size.Height + 2 * _padding - after.Height + 1) - _padding;
        int left = generator.Integer(size.Width + 2 * _padding - after.Width + 1) - _padding;
        result.Fill(_fill);
        int from = Math.Max(0, -left), to = Math.Min(after.Width, size.Width - left);
        if (to <= from) return;
        for (int c = 0; c < size.Channels; c++)
        for (int r = Math.Max(0, -top); r < Math.Min(after.Height, size.Height - top); r++)
        {
            image.Slice((c * size.Height + top + r) * size.Width + left + from, to - from)
                .CopyTo(result[((c * after.Height + r) * after.Width + from)..]);
        }
    }
}
