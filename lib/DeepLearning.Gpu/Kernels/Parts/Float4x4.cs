namespace DeepLearning;

/// <summary>Four rows of four numbers, which a thread sums up in registers.</summary>
internal struct Float4x4
{
    public Float4 R0, R1, R2, R3;

    /// <summary>This + each row's factor times other.</summary>
    public void Add(Float4 factors, Float4 other)
    {
        R0 = R0.Plus(factors.A, other);
        R1 = R1.Plus(factors.B, other);
        R2 = R2.Plus(factors.C, other);
        R3 = R3.Plus(factors.D, other);
    }

    /// <summary>Each row times its factor.</summary>
    public void Scale(Float4 factors)
    {
        R0 = default(Float4).Plus(factors.A, R0);
        R1 = default(Float4).Plus(factors.B, R1);
        R2 = default(Float4).Plus(factors.C, R2);
        R3 = default(Float4).Plus(factors.D, R3);
    }
}
