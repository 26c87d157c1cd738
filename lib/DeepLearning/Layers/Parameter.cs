namespace DeepLearning;

/// <summary>A tensor that training changes: a weight matrix or a bias.</summary>
/// <example><code>
/// var slope = new Parameter("slope", Tensor.From([0.0]), isWeight: true);
/// var optimizer = new Sgd([slope], learningRate: 0.1);
/// (slope * 3 - 6).Square().Sum().Backward();
/// optimizer.Step();
/// </code></example>
public sealed class Parameter : Tensor
{
    /// <param name="name">Its name within its layer, such as <c>weight</c>.</param>
    /// <param name="values">Its first values, which it takes over; they are not copied.</param>
    /// <param name="isWeight">Whether penalties such as weight decay apply: to weights, not to biases.</param>
    public Parameter(string name, Tensor values, bool isWeight) : base(values.Shape, values.Storage)
    {
        Name = name;
        IsWeight = isWeight;
        RequireGradient();
        Keep();
    }

    /// <summary>Its name within its layer.</summary>
    public string Name { get; internal set; }

    /// <summary>Whether penalties such as weight decay apply.</summary>
    public bool IsWeight { get; }

    /// <summary>Whether training leaves it as it is: no gradient is computed for it, and optimizers pass it over.</summary>
    public bool IsFrozen => !RequiresGradient;

    /// <summary>Leaves it as it is from the next forward pass on, and forgets its gradient.</summary>
    public void Freeze()
    {
        RequiresGradient = false;
        ClearGradient();
    }

    /// <summary>Lets training change it again; what an optimizer remembers of it goes on from where it was.</summary>
    public void Unfreeze() => RequiresGradient = true;
}
