namespace DeepLearning.Kernels;

/// <summary>y = f(x), element by element. <c>a</c> and <c>b</c> are the parameters of <see cref="Device.Unary"/>.</summary>
public enum UnaryOp
{
    /// <summary>a·x + b</summary>
    Affine,
    /// <summary>|x|; the derivative at 0 is 0</summary>
    Abs,
    /// <summary>−1, 0 or 1</summary>
    Sign,
    /// <summary>eˣ</summary>
    Exp,
    /// <summary>ln x</summary>
    Log,
    /// <summary>√x</summary>
    Sqrt,
    /// <summary>x²</summary>
    Square,
    /// <summary>1/x</summary>
    Reciprocal,
    /// <summary>xᵃ</summary>
    Power,
    /// <summary>sin x</summary>
    Sin,
    /// <summary>cos x</summary>
    Cos,
    /// <summary>The error function</summary>
    Erf,
    /// <summary>The greatest whole number ≤ x; derivative 0</summary>
    Floor,
    /// <summary>x limited to [a, b]; derivative 1 inside, ends included, 0 outside</summary>
    Clamp,
    /// <summary>1 for x ≥ 0, else 0; derivative 0</summary>
    Step,
    /// <summary>tanh x</summary>
    Tanh,
    /// <summary>σ(x) = 1/(1 + e⁻ˣ)</summary>
    Sigmoid,
    /// <summary>ln(1 + eˣ)</summary>
    Softplus,
    /// <summary>max(0, x); the derivative at 0 is 0</summary>
    Relu,
    /// <summary>x for x &gt; 0, else a·x; the derivative at 0 is a</summary>
    LeakyRelu,
    /// <summary>x for x &gt; 0, else a(eˣ − 1)</summary>
    Elu,
    /// <summary>x·Φ(x), with Φ the normal distribution function (the exact form, not the tanh approximation)</summary>
    Gelu,
}

/// <summary>y = f(a, b), element by element; a comparison gives 1 for true and 0 for false.</summary>
public enum BinaryOp
{
    /// <summary>a + b</summary>
    Add,
    /// <summary>a − b</summary>
    Subtract,
    /// <summary>a·b</summary>
    Multiply,
    /// <summary>a/b</summary>
    Divide,
    /// <summary>aᵇ</summary>
    Power,
    /// <summary>The larger; NaN if either is NaN</summary>
    Maximum,
    /// <summary>The smaller; NaN if either is NaN</summary>
    Minimum,
    /// <summary>a = b</summary>
    Equal,
    /// <summary>a ≠ b</summary>
    NotEqual,
    /// <summary>a &lt; b</summary>
    Less,
    /// <summary>a ≤ b</summary>
    LessEqual,
    /// <summary>a &gt; b</summary>
    Greater,
    /// <summary>a ≥ b</summary>
    GreaterEqual,
}

/// <summary>How an axis is reduced to one number.</summary>
public enum ReduceOp
{
    /// <summary>Σ x</summary>
    Sum,
    /// <summary>Π x</summary>
    Product,
    /// <summary>The largest; NaN if any is NaN</summary>
    Max,
    /// <summary>The smallest; NaN if any is NaN</summary>
    Min,
}

/// <summary>A distribution that a device can draw from.</summary>
public enum RandomKind
{
    /// <summary>Uniform on [a, b)</summary>
    Uniform,
    /// <summary>Normal with mean a and standard deviation b</summary>
    Normal,
}

/// <summary>
/// C = op(A)·op(B) (+ bias on every row) (+ C). Row-major: A is [M, K], or [K, M] if <see cref="TransposeA"/>; B is [K, N], or [N, K] if
/// <see cref="TransposeB"/>; C is [M, N]. With <see cref="Batch"/> &gt; 1 the product is repeated, each operand moving on by its batch
/// stride (0 repeats the same matrix).
/// </summary>
public readonly record struct MatMulArgs(Storage A, Storage B, Storage C, int M, int N, int K)
{
    /// <summary>A is stored as [K, M].</summary>
    public bool TransposeA { get; init; }
    /// <summary>B is stored as [N, K].</summary>
    public bool TransposeB { get; init; }
    /// <summary>[N], added to each row of C; null for none.</summary>
    public Storage? Bias { get; init; }
    /// <summary>Adds to what C holds instead of replacing it.</summary>
    public bool Accumulate { get; init; }
    /// <summary>How many products.</summary>
    public int Batch { get; init; } = 1;
    /// <summary>Numbers from one A to the next.</summary>
    public int StrideA { get; init; }
    /// <summary>Numbers from one B to the next.</summary>
    public int StrideB { get; init; }
}
