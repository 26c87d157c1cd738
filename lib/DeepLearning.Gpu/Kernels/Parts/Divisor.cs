using System.Numerics;

namespace DeepLearning;

/// <summary>
/// Division by a number that is known before a kernel starts, as a multiplication: a card has no instruction for dividing whole numbers
/// and takes some twenty others. i/d = ⌊i·m/2ˢ⌋ with m = ⌈2ˢ/d⌉, which is exact for every 0 ≤ i &lt; 2³¹ if 2ˢ ≥ 2³¹·d (Granlund and
/// Montgomery, 1994).
/// </summary>
internal readonly struct Divisor
{
    private readonly uint _multiplier;
    private readonly int _shift;

    public readonly int Value;

    /// <param name="divisor">d ≥ 1.</param>
    public Divisor(int divisor)
    {
        Value = divisor;
        _shift = 31 + (divisor == 1 ? 0 : BitOperations.Log2((uint)divisor - 1) + 1);
        _multiplier = (uint)(((1UL << _shift) + (uint)divisor - 1) / (uint)divisor);
    }

    public int Divide(int i) => (int)(((uint)i * (ulong)_multiplier) >> _shift);

    /// <summary>i/d, and what is left.</summary>
    public int Divide(int i, out int rest)
    {
        int quotient = Divide(i);
        rest = i - quotient * Value;
        return quotient;
    }
}
