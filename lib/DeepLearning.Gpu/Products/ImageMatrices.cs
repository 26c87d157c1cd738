using ILGPU;

namespace DeepLearning;

/// <summary>
/// The windows of a convolution as a matrix that is nowhere stored: a row for each weight of a filter, a column for each place of the
/// result, zeros where a window leaves the image. The batch is the group of channels.
/// </summary>
internal struct WindowMatrix : IMatrix
{
    public ArrayView<float> X;
    public ConvShape Shape;

    public readonly bool Down => false;

    public readonly bool Fours => true;

    public readonly int Place(int group, int tap, int place) => 0;

    public readonly float At(int group, int tap, int place) => At(group, Tap.Of(Shape, tap), Pixel.Of(Shape.ByOut, Shape.ByOutW, place));

    public readonly Float4 FourAt(int _, int group, int tap, int place)
    {
        Tap weight = Tap.Of(Shape, tap);
        Pixel first = Pixel.Of(Shape.ByOut, Shape.ByOutW, place), second = first.Next(Shape.OutH, Shape.OutW),
            third = second.Next(Shape.OutH, Shape.OutW);
        return new Float4(At(group, weight, first), At(group, weight, second), At(group, weight, third),
            At(group, weight, third.Next(Shape.OutH, Shape.OutW)));
    }

    private readonly float At(int group, Tap tap, Pixel at)
    {
        int row = at.Row * Shape.StrideH + tap.Down, column = at.Column * Shape.StrideW + tap.Right;
        // A negative number is a large one without its sign. Every thread reads a number, so that no branch parts them; some do not use it.
        bool inside = (at.Image < Shape.N) & ((uint)row < (uint)Shape.H) & ((uint)column < (uint)Shape.W);
        int place = ((at.Image * Shape.C + group * Shape.GroupC + tap.Channel) * Shape.H + row) * Shape.W + column;
        float value = X[inside ? place : 0];
        return inside ? value : 0f;
    }
}

/// <summary>The same, a row for each place.</summary>
internal struct WindowRows : IMatrix
{
    public WindowMatrix Windows;

    public readonly bool Down => true;

    public readonly bool Fours => true;

    public readonly int Place(int group, int place, int tap) => 0;

    public readonly float At(int group, int place, int tap) => Windows.At(group, tap, place);

    public readonly Float4 FourAt(int _, int group, int place, int tap) => Windows.FourAt(0, group, tap, place);
}

/// <summary>
/// For the way back: a column for each number of a channel of the image, a row for each weight it may have been multiplied with, and there
/// the number of dy that the product went to; zero if there was none.
/// </summary>
internal struct GradientMatrix : IMatrix
{
    public ArrayView<float> DY;
    public ConvShape Shape;

    public readonly bool Down => false;

    public readonly bool Fours => true;

    public readonly int Place(int group, int weight, int place) => 0;

    public readonly float At(int group, int weight, int place) =>
        At(group, Tap.Of(Shape, weight), Pixel.Of(Shape.ByImage, Shape.ByW, place));

    public readonly Float4 FourAt(int _, int group, int weight, int place)
    {
        Tap tap = Tap.Of(Shape, weight);
        Pixel first = Pixel.Of(Shape.ByImage, Shape.ByW, place), second = first.Next(Shape.H, Shape.W),
            third = second.Next(Shape.H, Shape.W);
        return new Float4(At(group, tap, first), At(group, tap, second), At(group, tap, third),
            At(group, tap, third.Next(Shape.H, Shape.W)));
    }

    private readonly float At(int group, Tap tap, Pixel at)
    {
        // Negative numbers have a quotient too large for any image.
        int i = Shape.ByStrideH.Divide(at.Row - tap.Down, out int downRest),
            j = Shape.ByStrideW.Divide(at.Column - tap.Right, out int rightRest);
        bool inside = (at.Image < Shape.N) & ((uint)i < (uint)Shape.OutH) & ((uint)j < (uint)Shape.OutW) & ((downRest | rightRest) == 0);
        int place = ((at.Image * Shape.K + group * Shape.GroupK + tap.Channel) * Shape.OutH + i) * Shape.OutW + j;
        float value = DY[inside ? place : 0];
        return inside ? value : 0f;
    }
}

/// <summary>
/// The filters for the way back: a row for each channel of the image, a column for each weight of <see cref="GradientMatrix"/>.
/// </summary>
internal struct FilterMatrix : IMatrix
{
    public ArrayView<float> W;
    public ConvShape Shape;

    public readonly bool Down => false;

    public readonly bool Fours => true;

    public readonly int Place(int group, int channel, int weight) => 0;

    public readonly float At(int group, int channel, int weight)
    {
        int filter = Shape.ByKernel.Divide(weight, out int tap);
        bool inside = filter < Shape.GroupK;
        int place = ((group * Shape.GroupK + filter) * Shape.GroupC + channel) * Shape.KernelArea + tap;
        float value = W[inside ? place : 0];
        return inside ? value : 0f;
    }

    public readonly Float4 FourAt(int _, int group, int channel, int weight) =>
        new(At(group, channel, weight), At(group, channel, weight + 1), At(group, channel, weight + 2), At(group, channel, weight + 3));
}

/// <summary>
/// Images [N, channels, numbers]: a row for each channel of a group, a column for each number of every image; to read, or to write.
/// Aligned: a channel has a multiple of 4 numbers.
/// </summary>
internal struct ImageMatrix<TAligned> : IMatrix, ITarget where TAligned : struct, IChoice
{
    public ArrayView<float> Data, Bias;
    public int Channels, GroupChannels, Plane, HasBias;
    public Divisor ByPlane;

    public readonly bool Down => false;

    public readonly bool Fours => default(TAligned).Made;

    readonly int IMatrix.Place(int group, int channel, int place) => 0;

    public readonly float At(int group, int channel, int place) => Data[Place(group, channel, place)];

    public readonly Float4 FourAt(int _, int group, int channel, int place) => Float4.Load(Data, Place(group, channel, place));

    public readonly void Store(int group, int channel, int place, float value) =>
        Data[Place(group, channel, place)] = HasBias != 0 ? value + Bias[group * GroupChannels + channel] : value;

    public readonly void StoreFour(int group, int channel, int place, Float4 value)
    {
        float bias = HasBias != 0 ? Bias[group * GroupChannels + channel] : 0f;
        new Float4(value.A + bias, value.B + bias, value.C + bias, value.D + bias).Store(Data, Place(group, channel, place));
    }

    private readonly int Place(int group, int channel, int place)
    {
        int image = ByPlane.Divide(place, out int inside);
        return (image * Channels + group * GroupChannels + channel) * Plane + inside;
    }
}
