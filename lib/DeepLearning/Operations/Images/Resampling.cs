namespace DeepLearning;

/// <summary>How numbers between those of an image are made up.</summary>
public enum UpsampleMode
{
    /// <summary>Each number is repeated.</summary>
    Nearest,
    /// <summary>
    /// Between the centres of four neighbours, in proportion: output i lies at (i + ½)/scale − ½ of the input; beyond the border its numbers go on.
    /// </summary>
    Bilinear,
}

public partial class Tensor
{
    /// <summary>Images made larger, [N, C, H, W] → [N, C, H·scale, W·scale]. Bilinear as PyTorch with <c>align_corners=False</c>.</summary>
    /// <param name="scale">How many times rows and columns; ≥ 1.</param>
    /// <param name="mode">How; repeating unless given.</param>
    /// <exception cref="ArgumentException">This is not [N, C, H, W], or a scale is below 1.</exception>
    public Tensor Upsample(Size2 scale, UpsampleMode mode = UpsampleMode.Nearest)
    {
        if (Rank != 4) throw new ArgumentException($"Upsample needs [N, C, H, W], got {Shape}.");
        if (scale is not { Height: >= 1, Width: >= 1 }) throw new ArgumentException($"Upsample needs a scale of 1 or more, got {scale}.");
        int planes = Shape[0] * Shape[1], h = Shape[2], w = Shape[3], height = h * scale.Height, width = w * scale.Width;
        if (mode == UpsampleMode.Nearest)
            return Reshape(planes, h, 1, w, 1).BroadcastTo(new Shape(planes, h, scale.Height, w, scale.Width)).Reshape(Shape[0], Shape[1], height, width);
        // Each output row is a mixture of input rows, and each column of columns: two matrix products.
        Tensor columns = Reshape(planes * h, w).MatMul(Mixture(w, scale.Width).Transpose()).Reshape(planes, h, width);
        return Mixture(h, scale.Height).MatMul(columns).Reshape(Shape[0], Shape[1], height, width);
    }

    // [length·scale, length]: how much of each input there is in each output; a row sums to 1.
    private Tensor Mixture(int length, int scale)
    {
        double[] shares = new double[length * scale * length];
        for (int i = 0; i < length * scale; i++)
        {
            double at = Math.Max(0, (i + 0.5) / scale - 0.5);
            int before = Math.Min((int)at, length - 1), behind = Math.Min(before + 1, length - 1);
            shares[i * length + before] += 1 - (at - before);
            shares[i * length + behind] += at - before;
        }
        using IDisposable _ = DeepLearning.Device.Use(Device);
        return From(shares, length * scale, length);
    }
}
