namespace DeepLearning;

// A copy on another device that gradients find their way back from.
public partial class Tensor
{
    /// <summary>This tensor on a device; unlike <see cref="To"/> it remembers where from, and sends the gradient back there.</summary>
    internal Tensor Bring(Device device) => device == Device ? this
        : Record("bring", To(device), static (operation, gradient) => operation.Send(0, gradient.Bring(operation[0].Device)), null, this);
}
