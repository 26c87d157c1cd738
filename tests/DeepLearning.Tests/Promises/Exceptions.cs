namespace DeepLearning.Tests.Promises;

/// <summary>What is not asked for rows, and why. A name without parameters stands for all overloads.</summary>
internal static class Exceptions
{
    private const string Data = "prepares data, before there is a graph";

    private const string Other = "computes nothing of its own", Copies = "gives the same numbers, without the graph";

    /// <summary>Public and about tensors, but nothing that computes.</summary>
    public static readonly Dictionary<string, string> NoComputation = new()
    {
        ["Layer.Predict"] = "runs a model, without the graph",
        ["Trainer.Predict"] = "runs a model, without the graph",
        ["Augmentation.Apply"] = Data,
        ["ImageAugmentation.Apply"] = Data,
        ["ColumnScaler.Transform"] = Data,
        ["ColumnScaler.Inverse"] = Data,
        ["Tensor.Gradients"] = "what all rows are compared by",
        ["Tensor.Record"] = "what operations are written with",
        ["Tensor.RequireGradient"] = Other,
        ["Tensor.Keep"] = Other,
        ["Tensor.To"] = Copies,
        ["Tensor.Clone"] = Copies,
        ["Tensor.Detach"] = Copies,
    };

    private const string Jumps = "jumps: its derivative is 0 wherever it has one";

    /// <summary>Operations and layers with a golden row but nothing to differentiate.</summary>
    public static readonly Dictionary<string, string> NoDerivative = new()
    {
        ["MaxNorm"] = "a limit on weights, not a term of the loss",
        ["Attention.PaddingMask"] = Jumps,
        ["Tensor.op_GreaterThan"] = Jumps,
        ["Tensor.op_GreaterThanOrEqual"] = Jumps,
        ["Tensor.op_LessThan"] = Jumps,
        ["Tensor.op_LessThanOrEqual"] = Jumps,
        ["Tensor.Equal"] = Jumps,
        ["Tensor.NotEqual"] = Jumps,
        ["Tensor.ArgMax"] = Jumps,
        ["Tensor.ArgMin"] = Jumps,
        ["Tensor.ArgSort"] = Jumps,
        ["Tensor.OneHot"] = Jumps,
    };

    /// <summary>What should have a golden row, but cannot.</summary>
    public static readonly Dictionary<string, string> NoGoldenRow = [];

    /// <summary>What should have a gradient row, but cannot.</summary>
    public static readonly Dictionary<string, string> NoGradientRow = [];
}
