namespace DeepLearning;

/// <summary>
/// A sum that keeps what rounding takes away from each addition (Knuth), and puts it back at the end: long sums lose no digits.
/// </summary>
internal struct Compensated
{
    private float _sum, _lost;

    public void Add(float x)
    {
        float sum = _sum + x, part = sum - _sum;
        _lost += _sum - (sum - part) + (x - part);
        _sum = sum;
    }

    public void Add(in Float4 x)
    {
        Add(x.A);
        Add(x.B);
        Add(x.C);
        Add(x.D);
    }

    /// <summary>What was taken from a sum that is added to this one.</summary>
    public void Lose(float lost) => _lost += lost;

    /// <summary>The sum as rounded, and what rounding took from it.</summary>
    public readonly float Rounded => _sum;

    public readonly float Lost => _lost;

    public readonly float Value => FloatMath.IsFinite(_sum) ? _sum + _lost : _sum;
}
