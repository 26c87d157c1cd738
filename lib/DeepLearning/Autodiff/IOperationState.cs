namespace DeepLearning;

/// <summary>
/// What an operation of the library remembers for its derivative. The type says which operation it is: <see cref="Explain"/> finds the
/// formula by it.
/// </summary>
internal interface IOperationState
{
    /// <summary>Tensors in which the operation looks something up, such as indices: data that gets no gradient.</summary>
    IEnumerable<Tensor> Data => [];

    /// <summary>Whether every number of the output is one of the inputs' numbers, or a constant, moved to another place.</summary>
    bool OnlyMoves => false;

    /// <summary>The same computation in smaller operations, where those explain it better than one formula; else null.</summary>
    Func<Tensor[], Tensor>? StepByStep => null;
}
