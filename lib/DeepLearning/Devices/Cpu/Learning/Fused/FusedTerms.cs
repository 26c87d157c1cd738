namespace DeepLearning.Kernels;

/// <summary>What <see cref="FusedTerm"/> names, for one vector of numbers.</summary>
internal interface ITerm
{
    static virtual bool HasSecond => false;

    static abstract T Of<T>(T z, T u, T rootScale, T rootShift) where T : struct, IFusedLanes<T>;
}

internal readonly struct Plain : ITerm
{
    public static T Of<T>(T z, T u, T rootScale, T rootShift) where T : struct, IFusedLanes<T> => z;
}

internal readonly struct Root : ITerm
{
    public static T Of<T>(T z, T u, T rootScale, T rootShift) where T : struct, IFusedLanes<T> => T.Sqrt(z);
}

internal readonly struct Abs : ITerm
{
    public static T Of<T>(T z, T u, T rootScale, T rootShift) where T : struct, IFusedLanes<T> => T.Abs(z);
}

internal readonly struct Sign : ITerm
{
    public static T Of<T>(T z, T u, T rootScale, T rootShift) where T : struct, IFusedLanes<T> => T.Sign(z);
}

internal readonly struct Relu : ITerm
{
    public static T Of<T>(T z, T u, T rootScale, T rootShift) where T : struct, IFusedLanes<T> => T.Max(z, T.Of(0));
}

internal readonly struct Reciprocal : ITerm
{
    public static T Of<T>(T z, T u, T rootScale, T rootShift) where T : struct, IFusedLanes<T> => T.Of(1) / z;
}

internal readonly struct Product : ITerm
{
    public static bool HasSecond => true;
    public static T Of<T>(T z, T u, T rootScale, T rootShift) where T : struct, IFusedLanes<T> => z * u;
}

internal readonly struct Quotient : ITerm
{
    public static bool HasSecond => true;
    public static T Of<T>(T z, T u, T rootScale, T rootShift) where T : struct, IFusedLanes<T> => z / u;
}

internal readonly struct QuotientByRoot : ITerm
{
    public static bool HasSecond => true;
    public static T Of<T>(T z, T u, T rootScale, T rootShift)
        where T : struct, IFusedLanes<T> => z / T.MultiplyAdd(rootScale, T.Sqrt(u), rootShift);
}

internal readonly struct Maximum : ITerm
{
    public static bool HasSecond => true;
    public static T Of<T>(T z, T u, T rootScale, T rootShift) where T : struct, IFusedLanes<T> => T.Max(z, u);
}

internal readonly struct Minimum : ITerm
{
    public static bool HasSecond => true;
    public static T Of<T>(T z, T u, T rootScale, T rootShift) where T : struct, IFusedLanes<T> => T.Min(z, u);
}
