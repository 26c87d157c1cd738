namespace DeepLearning;

/// <summary>One step of a computation: which tensors went in, what came out, and how a gradient goes back through it.</summary>
public sealed class Operation
{
    /// <summary>Takes ∂loss/∂output and calls <see cref="Send"/> for every input that needs it.</summary>
    public delegate void Derivative(Operation operation, Tensor gradient);

    private readonly Derivative _derivative;
    private readonly Tensor[] _inputs;
    internal int Mark;

    internal Operation(string name, Tensor output, Derivative derivative, object? state, Tensor[] inputs) =>
        (Name, Output, _derivative, State, _inputs) = (name, output, derivative, state, inputs);

    /// <summary>Such as <c>sigmoid</c>.</summary>
    public string Name { get; }

    /// <summary>What went in.</summary>
    public IReadOnlyList<Tensor> Inputs => _inputs;

    internal int InputCount => _inputs.Length;

    /// <summary>What came out.</summary>
    public Tensor Output { get; }

    /// <summary>What else the derivative must know.</summary>
    public object? State { get; }

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

    internal void Run(Tensor gradient) => _derivative(this, gradient);

    /// <summary>Such as <c>affine([4, 2], [3, 2], [3]) → [4, 3]</c>.</summary>
    public override string ToString() => $"{Name}({string.Join(", ", _inputs.Select(x => x.Shape))}) → {Output.Shape}";
}
