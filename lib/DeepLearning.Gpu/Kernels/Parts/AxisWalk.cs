namespace DeepLearning;

/// <summary>N steps, and how far each moves in two operands.</summary>
internal record struct Axis(int N, int A, int B);

/// <summary>Up to six axes, the innermost first, and how far a step along each moves in two operands.</summary>
internal struct AxisWalk
{
    public const int MaxRank = 6;

    public int Rank, A0, A1, A2, A3, A4, A5, B0, B1, B2, B3, B4, B5;
    public Divisor N0, N1, N2, N3, N4;

    /// <summary>Where step i of the walk is in each operand.</summary>
    public readonly (int A, int B) At(int i)
    {
        if (Rank == 1) return (i * A0, i * B0);
        i = N0.Divide(i, out int c);
        int a = c * A0, b = c * B0;
        if (Rank == 2) return (a + i * A1, b + i * B1);
        i = N1.Divide(i, out c);
        a += c * A1;
        b += c * B1;
        if (Rank == 3) return (a + i * A2, b + i * B2);
        i = N2.Divide(i, out c);
        a += c * A2;
        b += c * B2;
        if (Rank == 4) return (a + i * A3, b + i * B3);
        i = N3.Divide(i, out c);
        a += c * A3;
        b += c * B3;
        if (Rank == 5) return (a + i * A4, b + i * B4);
        i = N4.Divide(i, out c);
        return (a + c * A4 + i * A5, b + c * B4 + i * B5);
    }

    /// <summary>The walk over these axes, given outermost first; none at all is one step.</summary>
    public static AxisWalk Over(ReadOnlySpan<Axis> axes)
    {
        AxisWalk walk = new() { Rank = Math.Max(1, axes.Length) };
        for (int i = 0; i < axes.Length; i++)
        {
            (int n, int a, int b) = axes[axes.Length - 1 - i];
            switch (i)
            {
                case 0: (walk.N0, walk.A0, walk.B0) = (new Divisor(n), a, b); break;
                case 1: (walk.N1, walk.A1, walk.B1) = (new Divisor(n), a, b); break;
                case 2: (walk.N2, walk.A2, walk.B2) = (new Divisor(n), a, b); break;
                case 3: (walk.N3, walk.A3, walk.B3) = (new Divisor(n), a, b); break;
                case 4: (walk.N4, walk.A4, walk.B4) = (new Divisor(n), a, b); break;
                default: (walk.A5, walk.B5) = (a, b); break;
            }
        }
        return walk;
    }
}
