using ILGPU;

namespace DeepLearning;

/// <summary><see cref="ConvArgs"/> in whole numbers only, which is what kernels take.</summary>
internal struct ConvShape
{
    public int C, H, W, K, OutH, OutW, KernelH, KernelW, StrideH, StrideW, PadH, PadW, DilationH, DilationW, GroupC, GroupK;

    public static ConvShape From(in ConvArgs p) => new()
    {
        C = p.C, H = p.H, W = p.W, K = p.K, OutH = p.OutH, OutW = p.OutW, KernelH = p.KernelH, KernelW = p.KernelW, StrideH = p.StrideH,
        StrideW = p.StrideW, PadH = p.PadH, PadW = p.PadW, DilationH = p.DilationH, DilationW = p.DilationW, GroupC = p.GroupC, GroupK = p.GroupK,
    };
}

/// <summary>
/// The windows of a convolution as a matrix that is nowhere stored: a row for each weight of a filter, a column for each place of the result, zeros
/// where a window leaves the image. The batch is the group of channels.
/// </summary>
internal struct WindowMatrix : IMatrix
{
    public ArrayView<float> X;
    public ConvShape Shape;

    public readonly float At(int group, int tap, int place)
    {
        int kernel = Shape.KernelH * Shape.KernelW, outside = Shape.OutH * Shape.OutW;
        int c = tap / kernel, a = tap % kernel / Shape.KernelW, b = tap % Shape.KernelW;
        int n = place / outside, i = place % outside / Shape.OutW, j = place % Shape.OutW;
        int row = i * Shape.StrideH + a * Shape.DilationH - Shape.PadH, column = j * Shape.StrideW + b * Shape.DilationW - Shape.PadW;
        if (row < 0 || row >= Shape.H || column < 0 || column >= Shape.W) return 0;
        return X[((n * Shape.C + group * Shape.GroupC + c) * Shape.H + row) * Shape.W + column];
    }
}

/// <summary>The same, a row for each place.</summary>
internal struct WindowRows : IMatrix
{
    public WindowMatrix Windows;

    public readonly float At(int group, int place, int tap) => Windows.At(group, tap, place);
}

/// <summary>
/// For the way back: a column for each number of a channel of the image, a row for each weight it may have been multiplied with, and there the number
/// of dy that the product went to; zero if there was none.
/// </summary>
internal struct GradientMatrix : IMatrix
{
    public ArrayView<float> DY;
    public ConvShape Shape;

    public readonly float At(int group, int weight, int place)
    {
        int kernel = Shape.KernelH * Shape.KernelW, inside = Shape.H * Shape.W;
        int k = weight / kernel, a = weight % kernel / Shape.KernelW, b = weight % Shape.KernelW;
        int n = place / inside, row = place % inside / Shape.W, column = place % Shape.W;
        int i = row + Shape.PadH - a * Shape.DilationH, j = column + Shape.PadW - b * Shape.DilationW;
        if (i < 0 || j < 0 || i % Shape.StrideH != 0 || j % Shape.StrideW != 0) return 0;
        i /= Shape.StrideH;
        j /= Shape.StrideW;
        if (i >= Shape.OutH || j >= Shape.OutW) return 0;
        return DY[((n * Shape.K + group * Shape.GroupK + k) * Shape.OutH + i) * Shape.OutW + j];
    }
}

/// <summary>The filters for the way back: a row for each channel of the image, a column for each weight of <see cref="GradientMatrix"/>.</summary>
internal struct FilterMatrix : IMatrix
{
    public ArrayView<float> W;
    public ConvShape Shape;

    public readonly float At(int group, int channel, int weight)
    {
        int kernel = Shape.KernelH * Shape.KernelW;
        return W[((group * Shape.GroupK + weight / kernel) * Shape.GroupC + channel) * kernel + weight % kernel];
    }
}

/// <summary>Images [N, channels, numbers]: a row for each channel of a group, a column for each number of every image; to read, or to write.</summary>
internal struct ImageMatrix : IMatrix, ITarget
{
    public ArrayView<float> Data, Bias;
    public int Channels, GroupChannels, Plane, HasBias;

    public readonly float At(int group, int channel, int place) => Data[Place(group, channel, place)];

    public readonly void Store(int group, int channel, int place, float value) =>
        Data[Place(group, channel, place)] = HasBias != 0 ? value + Bias[group * GroupChannels + channel] : value;

    private readonly int Place(int group, int channel, int place) =>
        (place / Plane * Channels + group * GroupChannels + channel) * Plane + place % Plane;
}
