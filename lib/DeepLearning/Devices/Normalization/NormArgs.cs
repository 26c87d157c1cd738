namespace DeepLearning.Kernels;

/// <summary>
/// What batch normalization reads: x [Samples, Channels, Inner], whose statistics are taken over samples and inner positions, one pair a
/// channel; m = Samples·Inner numbers each.
/// </summary>
/// <param name="X">[Samples, Channels, Inner].</param>
/// <param name="Mean">[Channels], Σ x/m; written on the way forward, read on the way back.</param>
/// <param name="Variance">[Channels], Σ (x − mean)²/m; likewise.</param>
/// <param name="Samples">How many samples.</param>
/// <param name="Channels">How many channels.</param>
/// <param name="Inner">How many positions of one channel in a sample.</param>
/// <param name="Epsilon">ε, added to the variance.</param>
public readonly record struct BatchNormArgs(Storage X, Storage Mean, Storage Variance, int Samples, int Channels, int Inner, double Epsilon)
{
    /// <summary>γ [Channels]; null means ones.</summary>
    public Storage? Gamma { get; init; }

    internal int Count => Samples * Channels * Inner;
}

/// <summary>
/// What group normalization reads: x [Samples, Groups, Channels, Inner], whose statistics are taken over each group of each sample, L =
/// Channels·Inner numbers. Layer normalization is the same with one group and one position.
/// </summary>
/// <param name="X">[Samples, Groups, Channels, Inner].</param>
/// <param name="Mean">[Samples, Groups], Σ x/L; written on the way forward, read on the way back.</param>
/// <param name="Inverse">[Samples, Groups], 1/√(Σ (x − mean)²/L + ε); likewise.</param>
/// <param name="Samples">How many samples.</param>
/// <param name="Groups">How many groups.</param>
/// <param name="Channels">How many channels in a group.</param>
/// <param name="Inner">How many positions of one channel in a sample.</param>
/// <param name="Epsilon">ε, added to the variance.</param>
public readonly record struct GroupNormArgs(Storage X, Storage Mean, Storage Inverse, int Samples, int Groups, int Channels, int Inner,
    double Epsilon)
{
    /// <summary>γ [Groups·Channels]; null means ones.</summary>
    public Storage? Gamma { get; init; }

    internal int Rows => Samples * Groups;

    internal int Length => Channels * Inner;

    internal int Count => Samples * Groups * Channels * Inner;
}
