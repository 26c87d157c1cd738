namespace DeepLearning.Benchmarks;

/// <summary>What a build without the GPU device has instead of cards.</summary>
internal static class Cards
{
    /// <summary>Says how to get one.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static Card Open(string kind) => throw new NotSupportedException(
        $"This build has no GPU device and cannot open '{kind}': build it in with dotnet run --project tests/DeepLearning.Benchmarks " +
        "-p:Gpu=true -- gpu (or `course gpu enable`).");
}
