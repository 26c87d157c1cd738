namespace DeepLearning;

/// <summary>4 × 4 numbers of C, which a thread keeps in registers.</summary>
internal struct Block
{
    public Float4 Row0, Row1, Row2, Row3;

    /// <summary>
    /// This + the products of four numbers of a column of A with four numbers of a row of B: 16 products for 8 numbers read.
    /// </summary>
    public readonly Block Plus(Float4 a, Float4 b) =>
        new() { Row0 = Plus(Row0, a.A, b), Row1 = Plus(Row1, a.B, b), Row2 = Plus(Row2, a.C, b), Row3 = Plus(Row3, a.D, b) };

    private static Float4 Plus(Float4 sum, float a, Float4 b) => new(sum.A + a * b.A, sum.B + a * b.B, sum.C + a * b.C, sum.D + a * b.D);
}
