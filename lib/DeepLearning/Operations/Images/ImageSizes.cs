namespace DeepLearning;

/// <summary>Rows and columns: of a kernel, a stride, a dilation. A number stands for a square, <c>3</c>, and a pair for anything else, <c>(3, 5)</c>.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct Size2(int Height, int Width)
{
    /// <summary>A square.</summary>
    public static implicit operator Size2(int side) => new(side, side);

    /// <summary>Rows and columns.</summary>
    public static implicit operator Size2((int Height, int Width) size) => new(size.Height, size.Width);

    /// <summary>Such as <c>3×5</c>.</summary>
    public override string ToString() => $"{Height}×{Width}";
}

/// <summary>Zeros around an image: a number on all sides, <c>2</c>, rows and columns, <c>(0, 2)</c>, or <see cref="Same"/>.</summary>
public readonly record struct Padding
{
    private readonly Size2 _size;

    private Padding(Size2 size, bool isSame) => (_size, IsSame) = (size, isSame);

    /// <summary>
    /// As much that a stride of 1 keeps the size: dilation·(kernel − 1) in all, half of it on each side; of an odd number, the greater half
    /// behind. For an odd kernel k that is p = (k − 1)/2, with any stride.
    /// </summary>
    public static Padding Same { get; } = new(0, true);

    /// <summary>Whether this is <see cref="Same"/>.</summary>
    public bool IsSame { get; }

    /// <summary>So much on all sides.</summary>
    public static implicit operator Padding(int all) => new(all, false);

    /// <summary>So many rows above and below, and columns left and right.</summary>
    public static implicit operator Padding((int Height, int Width) size) => new(size, false);

    /// <summary>How much before and behind an image, for a kernel that spans so many rows and columns.</summary>
    internal (Size2 Before, Size2 Behind) Around(Size2 span) => IsSame
        ? (((span.Height - 1) / 2, (span.Width - 1) / 2), (span.Height / 2, span.Width / 2))
        : (_size, _size);

    /// <summary>The same along one axis, with nothing above and below.</summary>
    internal Padding AlongRows => IsSame ? this : new Padding((0, _size.Width), false);

    /// <summary>Whether it is 0 or more.</summary>
    internal bool IsValid => _size is { Height: >= 0, Width: >= 0 };

    /// <summary>Such as <c>2</c>, <c>0×2</c> or <c>same</c>.</summary>
    public override string ToString() => IsSame ? "same" : _size.Height == _size.Width ? $"{_size.Height}" : _size.ToString();
}
