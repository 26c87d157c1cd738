namespace DeepLearning;

/// <summary>How numbers between those of an image are made up.</summary>
public enum UpsampleMode
{
    /// <summary>Each number is repeated.</summary>
    Nearest,
    /// <summary>Between the four neighbours, in proportion; beyond the border its numbers go on.</summary>
    Bilinear,
}

public partial class Tensor
{
    /// <summary>Images made larger by whole factors: [N, C, H, W] → [N, C, H·scale, W·scale].</summary>
    /// <param name="scale">How many times rows and columns; ≥ 1.</param>
    /// <param name="mode">How; repeating unless given.</param>
    /// <param name="alignCorners">As for <see cref="Resize"/>.</param>
    /// <exception cref="ArgumentException">This is not [N, C, H, W], or a scale is below 1.</exception>
    public Tensor Upsample(Size2 scale, UpsampleMode mode = UpsampleMode.Nearest, bool alignCorners = false)
    {
        CheckImages("Upsample", 4);
        if (scale is not { Height: >= 1, Width: >= 1 }) throw new ArgumentException($"Upsample needs a scale of 1 or more, got {scale}.");
        int height = Sizes.Length((long)Shape[2] * scale.Height, "Upsample"), width = Sizes.Length((long)Shape[3] * scale.Width, "Upsample");
        return Resize((height, width), mode, alignCorners);
    }

    /// <summary>
    /// Images of another size: [N, C, H, W] → [N, C, H′, W′]. Output row i lies in the input at (i + ½)·H/H′ − ½, so that the areas of both
    /// agree, or with <paramref name="alignCorners"/> at i·(H − 1)/(H′ − 1), so that the middles of the corner numbers do; columns likewise.
    /// Nearest takes row ⌊i·H/H′⌋.
    /// </summary>
    /// <param name="size">H′ × W′; ≥ 1.</param>
    /// <param name="mode">How; repeating unless given.</param>
    /// <param name="alignCorners">Whether corners fall on corners, in bilinear mode.</param>
    /// <exception cref="ArgumentException">This is not [N, C, H, W], or a size is below 1.</exception>
    public Tensor Resize(Size2 size, UpsampleMode mode = UpsampleMode.Nearest, bool alignCorners = false)
    {
        CheckImages("Resize", 4);
        if (size is not { Height: >= 1, Width: >= 1 }) throw new ArgumentException($"Resize needs a size of 1 or more, got {size}.");
        // Too large a result is refused before anything is computed.
        _ = new Shape(Shape[0], Shape[1], size.Height, size.Width);
        if (mode == UpsampleMode.Bilinear) return Interpolated(2, size.Height, alignCorners).Interpolated(3, size.Width, alignCorners);
        if (alignCorners) throw new ArgumentException("Resize aligns corners in bilinear mode; nearest repeats numbers.");
        return size.Height % Shape[2] == 0 && size.Width % Shape[3] == 0 ? Repeated(size.Height / Shape[2], size.Width / Shape[3])
            : IndexSelect(2, Nearest(Shape[2], size.Height)).IndexSelect(3, Nearest(Shape[3], size.Width));
    }

    private Tensor Repeated(int down, int across) => Reshape(new Shape(Planes, Shape[2], 1, Shape[3], 1))
        .BroadcastTo(new Shape(Planes, Shape[2], down, Shape[3], across))
        .Reshape(new Shape(Shape[0], Shape[1], Shape[2] * down, Shape[3] * across));

    // Which entry each of the new ones repeats.
    private Tensor Nearest(int length, int count)
    {
        using IDisposable _ = DeepLearning.Device.Use(Device);
        return From([.. Enumerable.Range(0, count).Select(i => (int)((long)i * length / count))]);
    }

    // Each new entry of an axis is a mixture of two neighbours: (1 − t)·before + t·behind.
    private Tensor Interpolated(int axis, int count, bool alignCorners)
    {
        int length = Shape[axis];
        if (count == length) return this;
        int[] before = new int[count], behind = new int[count];
        double[] share = new double[count];
        for (int i = 0; i < count; i++)
        {
            double at = alignCorners ? (double)i * (length - 1) / Math.Max(1, count - 1) : Math.Max(0, (i + 0.5) * length / count - 0.5);
            before[i] = Math.Min((int)at, length - 1);
            behind[i] = Math.Min(before[i] + 1, length - 1);
            share[i] = at - before[i];
        }
        using IDisposable _ = DeepLearning.Device.Use(Device);
        Tensor t = From(share, [count, .. Enumerable.Repeat(1, Rank - 1 - axis)]);
        // A neighbour without a share is left out: 0 times ∞ is not 0.
        return IndexSelect(axis, From(before)) * (1 - t) + Where(t > 0, IndexSelect(axis, From(behind)) * t, 0);
    }
}
