namespace DeepLearning;

/// <summary>A sum that keeps what rounding takes away from each addition (Knuth), and puts it back at the end: long sums lose no digits.</summary>
internal struct Compensated
{
    private float _sum, _lost;

    public void Add(float x)
    {
        float sum = _sum + x, part = sum - _sum;
        _lost += _sum - (sum - part) + (x - part);
        _sum = sum;
    }

    public readonly float Value => FloatMath.IsFinite(_sum) ? _sum + _lost : _sum;
}
