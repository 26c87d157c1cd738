using System.Numerics;

namespace DeepLearning.Kernels;

/// <summary>
/// Pooling, plane by plane. Of a row of windows those that lie wholly inside the image are done a vector of windows at a time; where they
/// do not fill one, it reads on into whatever lies behind the row, as far as there is anything, and that part of the result is left out.
/// </summary>
internal static class PoolRows
{
    /// <summary>Into how many pieces to cut the planes.</summary>
    public static int PlanePieces(in PoolArgs p, Workers workers) =>
        Math.Min(workers.Pieces((long)p.Planes * Math.Max(p.H * p.W, 4L * p.OutH * p.OutW)), Math.Max(1, p.Planes));

    /// <summary>
    /// The windows that lie wholly inside the image, so that they can be done in vectors: from, and the first that does not.
    /// </summary>
    public static (int From, int To) InsideColumns(in PoolArgs p)
    {
        if (p.Adaptive) return (0, 0);
        if (p.W + p.PadW < p.KernelW) return (0, 0);
        int from = Math.Min(p.OutW, (p.PadW + p.StrideW - 1) / p.StrideW),
            to = Math.Clamp((p.W + p.PadW - p.KernelW) / p.StrideW + 1, from, p.OutW);
        return (from, to);
    }

    /// <summary>Where the vectors of such a row end: before they begin, if they would read behind the array.</summary>
    public static unsafe int ReadableEnd(in PoolArgs p, float* endOfRow, float* endOfArray, int from, int to)
    {
        int missing = Vector<float>.Count - (to - from);
        return missing <= 0 || endOfRow + missing * p.StrideW <= endOfArray ? to : from;
    }
}
