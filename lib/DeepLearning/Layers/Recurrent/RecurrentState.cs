namespace DeepLearning;

/// <summary>What a recurrent layer carries from one time to the next.</summary>
/// <param name="Hidden">h: [layers·directions, N, H]; layer by layer, forward before backward, as in PyTorch.</param>
/// <param name="Cell">c, of the same shape; an <see cref="Lstm"/>'s alone, else null.</param>
public sealed record RecurrentState(Tensor Hidden, Tensor? Cell = null)
{
    /// <summary>
    /// The same numbers without the memory of how they were computed: backpropagation through time ends here (truncated BPTT).
    /// </summary>
    /// <example><code>
    /// var layer = new Lstm(8, 16, new Generator(1));
    /// RecurrentState? state = null;
    /// for (int part = 0; part &lt; 3; part++)
    /// {
    ///     var (y, last) = layer.Run(Tensor.Ones(4, 10, 8), state);    // [4, 10, 16]
    ///     y.Square().Mean().Backward();                               // through this part only
    ///     state = last.Detach();
    /// }
    /// </code></example>
    public RecurrentState Detach() => new(Hidden.Detach(), Cell?.Detach());

    /// <summary>Takes the state out of the <see cref="Tensor.Scope"/> it was made in, so that the next batch can begin from it.</summary>
    public RecurrentState Keep()
    {
        Hidden.Keep();
        Cell?.Keep();
        return this;
    }
}
