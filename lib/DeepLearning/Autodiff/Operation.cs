namespace DeepLearning;

/// <summary>
/// One step of a computation: which tensors went in, what came out, and how a gradient goes back through it. What else its derivative must
/// know is the <see cref="Operation{TState}.State"/> of an <see cref="Operation{TState}"/>.
/// </summary>
public abstract class Operation
{
    // How many this thread has made.
    [ThreadStatic] private static int s_made;

    /// <summary>Takes ∂loss/∂output and calls <see cref="Send"/> for every input that needs it.</summary>
    public delegate void Derivative(Operation operation, Tensor gradient);

    private readonly Tensor[] _inputs;
    internal int Mark;

    private protected Operation(string name, Tensor output, Tensor[] inputs) =>
        (Name, Output, _inputs, Number) = (name, output, inputs, ++s_made);

    /// <summary>Such as <c>sigmoid</c>; for messages and drawings.</summary>
    public string Name { get; }

    /// <summary>What went in.</summary>
    public IReadOnlyList<Tensor> Inputs => _inputs;

    /// <summary>What came out.</summary>
    public Tensor Output { get; }

    internal int InputCount => _inputs.Length;

    /// <summary>Of two operations of one thread the one recorded later has the greater number.</summary>
    internal int Number { get; }

    /// <summary>Input <paramref name="i"/>.</summary>
    public Tensor this[int i] => _inputs[i];

    /// <summary>Whether a gradient is wanted for input <paramref name="i"/>.</summary>
    public bool Needs(int i) => _inputs[i].RequiresGradient;

    /// <summary>Adds a contribution to the gradient of input <paramref name="i"/>: the sum over all paths is made here.</summary>
    public void Send(int i, Tensor contribution) => _inputs[i].Receive(contribution);

    /// <summary>
    /// Sends every input its share of a gradient that can be differentiated again, for an operation whose own derivative cannot be.
    /// </summary>
    /// <param name="gradient">∂loss/∂output.</param>
    /// <param name="composed">The same computation written with tensor operations.</param>
    internal void SendThrough(Tensor gradient, Func<Tensor[], Tensor> composed)
    {
        // Views of their own, so that the walk through the composed form ends there and does not meet the one under way.
        Tensor[] inputs = [.. Inputs.Select(input => input.Reshape(input.Shape))];
        Tensor?[] shares = Tensor.GradientsUpTo(composed(inputs), gradient, inputs);
        for (int i = 0; i < inputs.Length; i++)
        {
            if (shares[i] is { } share) Send(i, share);
        }
    }

    internal abstract void Run(Tensor gradient);

    /// <summary>What the library knows of its own operations.</summary>
    internal virtual IOperationState? LibraryState => null;

    internal static Operation Stateless(string name, Tensor output, Derivative derivative, Tensor[] inputs) =>
        new NameOnly(name, output, derivative, inputs);

    /// <summary>Such as <c>affine([4, 2], [3, 2], [3]) → [4, 3]</c>.</summary>
    public override string ToString() => $"{Name}({string.Join(", ", _inputs.Select(x => x.Shape))}) → {Output.Shape}";

    private sealed class NameOnly(string name, Tensor output, Derivative derivative, Tensor[] inputs) : Operation(name, output, inputs)
    {
        internal override void Run(Tensor gradient) => derivative(this, gradient);
    }
}

/// <summary>A step of a computation whose derivative must know more than what went in and came out.</summary>
/// <typeparam name="TState"> What it must know. The library's own operations each have a type of their own, by which <see cref="Explain"/>
/// tells which formula to write.
/// </typeparam>
public sealed class Operation<TState> : Operation
{
    /// <inheritdoc cref="Operation.Derivative"/>
    public new delegate void Derivative(Operation<TState> operation, Tensor gradient);

    private readonly Derivative _derivative;

    internal Operation(string name, Tensor output, TState state, Derivative derivative, Tensor[] inputs) : base(name, output, inputs) =>
        (State, _derivative) = (state, derivative);

    /// <summary>What the derivative must know.</summary>
    public TState State { get; }

    internal override void Run(Tensor gradient) => _derivative(this, gradient);

    internal override IOperationState? LibraryState => State as IOperationState;
}
