namespace DeepLearning;

/// <summary>4 × 4 numbers of C, which a thread keeps in registers.</summary>
internal struct Block
{
    public Four Row0, Row1, Row2, Row3;

    /// <summary>
    /// This + the products of four numbers of a column of A with four numbers of a row of B: 16 products for 8 numbers read.
    /// </summary>
    public readonly Block Plus(Four a, Four b) =>
        new() { Row0 = Plus(Row0, a.A, b), Row1 = Plus(Row1, a.B, b), Row2 = Plus(Row2, a.C, b), Row3 = Plus(Row3, a.D, b) };

    private static Four Plus(Four sum, float a, Four b) => new(sum.A + a * b.A, sum.B + a * b.B, sum.C + a * b.C, sum.D + a * b.D);
}
