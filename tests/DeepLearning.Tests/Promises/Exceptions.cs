namespace DeepLearning.Tests.Promises;

/// <summary>What needs no golden row or no gradient row, and why. A name without parameters stands for all overloads.</summary>
internal static class Exceptions
{
    private const string Other = "computes nothing of its own", Jumps = "its derivative is 0 wherever it has one", Copies = "gives the same numbers, without the graph";

    public static readonly Dictionary<string, string> NoGoldenRow = new()
    {
        ["Trainer"] = Other,
        ["Tensor.Record"] = "what operations are written with",
        ["Tensor.Gradients"] = "what all golden rows are compared by",
        ["Tensor.RequireGradient"] = Other,
        ["Tensor.Keep"] = Other,
        ["Tensor.To"] = Copies,
        ["Tensor.Clone"] = Copies,
    };

    public static readonly Dictionary<string, string> NoGradientRow = new()
    {
        ["Trainer"] = Other,
        ["MaxNorm"] = "a limit on weights, not a term of the loss",
        ["Tensor.Record"] = "what operations are written with",
        ["Tensor.Keep"] = Other,
        ["Tensor.To"] = Copies,
        ["Tensor.Clone"] = Copies,
        ["Tensor.Detach"] = Copies,
        ["Tensor.op_GreaterThan(Tensor, Tensor)"] = Jumps,
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
}
