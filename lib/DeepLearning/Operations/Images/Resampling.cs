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
        int height = Sizes.Length((long)Shape[2] * scale.Height, "Upsample"),
            width = Sizes.Length((long)Shape[3] * scale.Width, "Upsample");
        return Resize((height, width), mode, alignCorners);
    }

    /// <summary>
    /// Images of another size: [N, C, H, W] → [N, C, H′, W′]. Output row i lies in the input at (i + ½)·H/H′ − ½, so that the areas of both
    /// agree, or with <paramref name="alignCorners"/> at i·(H − 1)/(H′ − 1), so that the middles of the corner numbers do; columns
    /// likewise. Nearest takes row ⌊i·H/H′⌋.
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
        // Columns while there are fewer rows, as rows of the images turned on their side.
        if (mode == UpsampleMode.Bilinear)
            return Transpose().Interpolated(size.Width, alignCorners).Transpose().Interpolated(size.Height, alignCorners);
        if (alignCorners) throw new ArgumentException("Resize aligns corners in bilinear mode; nearest repeats numbers.");
        return size.Height % Shape[2] == 0 && size.Width % Shape[3] == 0 ? Repeated(size.Height / Shape[2], size.Width / Shape[3])
            : Transpose().RowsOfImages(Nearest(Shape[3], size.Width)).Transpose().RowsOfImages(Nearest(Shape[2], size.Height));
    }

    private Tensor Repeated(int down, int across) => Reshape(new Shape(Planes, Shape[2], 1, Shape[3], 1))
        .BroadcastTo(new Shape(Planes, Shape[2], down, Shape[3], across))
        .Reshape(new Shape(Shape[0], Shape[1], Shape[2] * down, Shape[3] * across));

    // Which row each of the new ones repeats.
    private static int[] Nearest(int length, int count) => [.. Enumerable.Range(0, count).Select(i => (int)((long)i * length / count))];

    // Rows of another number, each a mixture of two neighbours: (1 − t)·before + t·behind.
    private Tensor Interpolated(int count, bool alignCorners)
    {
        int length = Shape[2];
        if (count == length) return this;
        int[] before = new int[count], behind = new int[count];
        double[] share = new double[count];
        for (int i = 0; i < count; i++)
        {
            double at = alignCorners ? (double)i * (length - 1) / Math.Max(1, count - 1) : Math.Max(0, (i + 0.5) * length / count - 0.5);
            before[i] = Math.Min((int)at, length - 1);
            share[i] = at - before[i];
            behind[i] = Math.Min(before[i] + 1, length - 1);
            // A neighbour without a share is left out, since 0 times ∞ is not 0: halves of the same row make the row.
            if (share[i] == 0) (behind[i], share[i]) = (before[i], 0.5);
        }
        using IDisposable _ = DeepLearning.Device.Use(Device);
        Tensor t = From(share, count, 1);
        return RowsOfImages(before) * (1 - t) + RowsOfImages(behind) * t;
    }

    // The same rows of every image: [N, C, H, W] → [N, C, M, W]. Rows of all images are counted through, where float32 counts so far.
    private Tensor RowsOfImages(int[] rows)
    {
        using IDisposable _ = DeepLearning.Device.Use(Device);
        int height = Shape[2];
        if ((long)Planes * height > ArgumentCheck.LargestWhole) return IndexSelect(2, From(rows));
        int[] all = new int[Planes * rows.Length];
        for (int i = 0; i < all.Length; i++) all[i] = i / rows.Length * height + rows[i % rows.Length];
        return Reshape(Planes * height, Shape[3]).IndexSelect(0, From(all)).Reshape(Shape[0], Shape[1], rows.Length, Shape[3]);
    }
}
