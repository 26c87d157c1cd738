using System.Numerics.Tensors;

namespace DeepLearning;

internal sealed class RandomFlip(double probability, bool vertical) : ImageAugmentation
{
    private readonly double _probability = Augment.Check(probability, 0, 1, nameof(probability));

    protected override void Change(ReadOnlySpan<float> image, ImageSize size, Span<float> result, Generator generator)
    {
        image.CopyTo(result);
        if (generator.Uniform() >= _probability) return;
        for (int row = 0; row < size.Channels * size.Height; row++)
        {
            int channel = row / size.Height, r = row % size.Height;
            Span<float> target = result.Slice(row * size.Width, size.Width);
            if (vertical) image.Slice((channel * size.Height + size.Height - 1 - r) * size.Width, size.Width).CopyTo(target);
            else target.Reverse();
        }
    }
}

internal sealed class PixelNoise(double deviation) : ImageAugmentation
{
    private readonly double _deviation = Augment.Check(deviation, 0, double.PositiveInfinity, nameof(deviation));

    protected override void Change(ReadOnlySpan<float> image, ImageSize size, Span<float> result, Generator generator)
    {
        Philox.Fill(RandomKind.Normal, generator.Seed, generator.Take(size.Count), 0, _deviation, result, static value => (float)value);
        TensorPrimitives.Add(image, result, result);
    }
}

internal sealed class RandomCutout(int side, double fill) : ImageAugmentation
{
    private readonly int _side = (int)Augment.Check(side, 1, double.PositiveInfinity, "size");
    private readonly float _fill = Augment.CheckFill(fill);

    protected override void Change(ReadOnlySpan<float> image, ImageSize size, Span<float> result, Generator generator)
    {
        image.CopyTo(result);
        int top = generator.Integer(size.Height) - _side / 2, left = generator.Integer(size.Width) - _side / 2;
        int from = Math.Max(0, left), to = Math.Min(size.Width, left + _side);
        for (int c = 0; c < size.Channels; c++)
        for (int r = Math.Max(0, top); r < Math.Min(size.Height, top + _side); r++)
            result.Slice((c * size.Height + r) * size.Width + from, to - from).Fill(_fill);
    }
}

internal sealed class RandomTone(double amount, double share) : ImageAugmentation
{
    private readonly double _amount = Augment.Check(amount, 0, double.PositiveInfinity, nameof(amount));
    private readonly double _share = Augment.Check(share, 0, 1, nameof(share));

    protected override void Change(ReadOnlySpan<float> image, ImageSize size, Span<float> result, Generator generator)
    {
        float added = (float)generator.Uniform(-_amount, _amount), factor = (float)generator.Uniform(1 - _share, 1 + _share);
        float mean = TensorPrimitives.Sum(image) / size.Count;
        for (int i = 0; i < image.Length; i++) result[i] = mean + factor * (image[i] - mean) + added;
    }
}
