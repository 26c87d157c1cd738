namespace DeepLearning;

// A copy on another device that gradients find their way back from.
public partial class Tensor
{
    /// <summary>This tensor on a device; unlike <see cref="To"/> it remembers where from, and sends the gradient back there.</summary>
    internal Tensor Bring(Device device) => device == Device ? this
        : Record("bring", To(device), new BringState(),
            static (operation, gradient) => operation.Send(0, gradient.Bring(operation[0].Device)), this);
}

/// <summary>The same numbers on another device.</summary>
internal readonly record struct BringState : IOperationState
{
    public bool OnlyMoves => true;
}
