namespace DeepLearning.Tests.Optimizers;

/// <summary>
/// A small problem whose gradient changes from step to step: a quadratic bowl that wanders, plus sines that join weights and biases.
/// </summary>
internal sealed class MovingTarget
{
    private readonly Tensor _a = Tensor.From([1.0, -0.5, 2, 0.3, 1.5, -1], 2, 3), _c = Tensor.From([0.7, -1.2]);

    public Parameter W { get; } = new("weight", Tensor.From([0.5, -0.3, 0.8, -0.6, 0.9, 0.1], 2, 3), isWeight: true);

    public Parameter B { get; } = new("bias", Tensor.From([0.2, -0.4]), isWeight: false);

    public double[] Values => [.. W.ToDoubles(), .. B.ToDoubles()];

    public Tensor Loss(int t) => (0.5 * _a.Abs() * (W - _a * Math.Cos(0.3 * t)).Square()).Sum() + 0.2 * (3 * W).Sin().Sum()
        + 0.5 * (B - _c).Square().Sum() + 0.1 * (2 * B * W.Sum(1)).Sin().Sum();

    /// <summary>The gradient as plain numbers, for references written by hand.</summary>
    public static double[] Gradient(double[] w, int t)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        MovingTarget problem = new();
        problem.W.Assign(Tensor.From(w[..6], 2, 3));
        problem.B.Assign(Tensor.From(w[6..]));
        problem.Loss(t).Backward();
        return [.. problem.W.Gradient!.ToDoubles(), .. problem.B.Gradient!.ToDoubles()];
    }
}
