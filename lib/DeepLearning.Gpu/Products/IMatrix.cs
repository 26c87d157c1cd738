namespace DeepLearning;

/// <summary>Numbers that a product reads as a matrix, wherever they lie: a matrix, or the windows of an image.</summary>
internal interface IMatrix
{
    /// <summary>Whether neighbours in memory lie below one another; else beside one another. The same for all matrices of a type.</summary>
    bool Down { get; }

    /// <summary>Whether <see cref="FourAt"/> can be used; the same for all matrices of a type.</summary>
    bool Fours { get; }

    float At(int batch, int row, int column);

    /// <summary>How far the place of a number is from that of the first one, in numbers; 0 if places follow no such rule.</summary>
    int Place(int batch, int row, int column);

    /// <summary>
    /// The number at this row and column, whose place is known, and the next three in memory. The place is a multiple of 4.
    /// </summary>
    Float4 FourAt(int place, int batch, int row, int column);
}

/// <summary>Where a product's numbers go, and what is done to them on the way.</summary>
internal interface ITarget
{
    /// <summary>Whether <see cref="StoreFour"/> can be used.</summary>
    bool Fours { get; }

    void Store(int batch, int row, int column, float value);

    /// <summary>Stores four numbers beside one another, the first at a column that is a multiple of 4.</summary>
    void StoreFour(int batch, int row, int column, Float4 value);
}

/// <summary>A choice that is part of a type, so that a kernel is compiled for it and never asks.</summary>
internal interface IChoice
{
    bool Made { get; }
}

internal struct Yes : IChoice
{
    public readonly bool Made => true;
}

internal struct No : IChoice
{
    public readonly bool Made => false;
}
