namespace DeepLearning;

/// <summary>
/// Rows and columns: of a kernel, a stride, a dilation. A number stands for a square, <c>3</c>, and a pair for anything else,
/// <c>(3, 5)</c>.
/// </summary>
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

/// <summary>
/// Zeros around an image: a number on all sides, <c>2</c>, rows and columns, <c>(0, 2)</c>, each side its own, <see cref="Sides"/>, or
/// <see cref="Same"/>.
/// </summary>
public readonly record struct Padding
{
    private readonly Size2 _before, _behind;

    private Padding(Size2 before, Size2 behind, bool isSame = false) => (_before, _behind, IsSame) = (before, behind, isSame);

    /// <summary>
    /// As much that a stride of 1 keeps the size: dilation·(kernel − 1) in all, half of it on each side; of an odd number, the greater half
    /// behind. For an odd kernel k that is p = (k − 1)/2, with any stride.
    /// </summary>
    public static Padding Same { get; } = new(0, 0, isSame: true);

    /// <summary>
    /// Each side its own: a sequence padded only before, <c>Padding.Sides(0, 0, kernel − 1, 0)</c>, keeps a convolution from seeing what
    /// comes later.
    /// </summary>
    /// <param name="top">Rows above; ≥ 0.</param>
    /// <param name="bottom">Rows below; ≥ 0.</param>
    /// <param name="left">Columns left; ≥ 0.</param>
    /// <param name="right">Columns right; ≥ 0.</param>
    public static Padding Sides(int top, int bottom, int left, int right) => new((top, left), (bottom, right));

    /// <summary>Whether this is <see cref="Same"/>.</summary>
    public bool IsSame { get; }

    /// <summary>So much on all sides.</summary>
    public static implicit operator Padding(int all) => new(all, all);

    /// <summary>So many rows above and below, and columns left and right.</summary>
    public static implicit operator Padding((int Height, int Width) size) => new(size, size);

    /// <summary>How much before and behind an image, for a kernel that spans so many rows and columns.</summary>
    internal (Size2 Before, Size2 Behind) Around(Size2 span) => IsSame
        ? (((span.Height - 1) / 2, (span.Width - 1) / 2), (span.Height / 2, span.Width / 2))
        : (_before, _behind);

    /// <summary>The same along one axis, with nothing above and below.</summary>
    internal Padding AlongRows => IsSame ? this : new Padding((0, _before.Width), (0, _behind.Width));

    /// <summary>Whether <see cref="AlongRows"/> loses nothing but what a single number says of both axes.</summary>
    internal bool IsAlongRows => IsSame || _before.Height == 0 && _behind.Height == 0 || this == _before.Height;

    /// <summary>Whether it is 0 or more.</summary>
    internal bool IsValid => _before is { Height: >= 0, Width: >= 0 } && _behind is { Height: >= 0, Width: >= 0 };

    /// <summary>Such as <c>2</c>, <c>0×2</c>, <c>same</c> or <c>(top 1, bottom 0, left 1, right 0)</c>.</summary>
    public override string ToString() => IsSame ? "same"
        : _before != _behind ? $"(top {_before.Height}, bottom {_behind.Height}, left {_before.Width}, right {_behind.Width})"
        : _before.Height == _before.Width ? $"{_before.Height}" : _before.ToString();
}
