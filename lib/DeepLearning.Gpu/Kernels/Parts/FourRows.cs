namespace DeepLearning;

/// <summary>Four rows of four numbers, which a thread sums up in registers.</summary>
internal struct FourRows
{
    public Four R0, R1, R2, R3;

    /// <summary>This + each row's factor times other.</summary>
    public void Add(Four factors, Four other)
    {
        R0 = R0.Plus(factors.A, other);
        R1 = R1.Plus(factors.B, other);
        R2 = R2.Plus(factors.C, other);
        R3 = R3.Plus(factors.D, other);
    }

    /// <summary>Each row times its factor.</summary>
    public void Scale(Four factors)
    {
        R0 = default(Four).Plus(factors.A, R0);
        R1 = default(Four).Plus(factors.B, R1);
        R2 = default(Four).Plus(factors.C, R2);
        R3 = default(Four).Plus(factors.D, R3);
    }
}
