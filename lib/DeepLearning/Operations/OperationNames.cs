namespace DeepLearning;

// What the operations made from kernels are called in messages and drawings.
public partial class Tensor
{
    private static readonly string[] s_unaryNames = LowerNames<UnaryOp>(), s_binaryNames = LowerNames<BinaryOp>(),
        s_reduceNames = LowerNames<ReduceOp>();

    private static string NameOf(UnaryOp op) => s_unaryNames[(int)op];

    private static string NameOf(BinaryOp op) => s_binaryNames[(int)op];

    private static string NameOf(ReduceOp op) => s_reduceNames[(int)op];

    private static string[] LowerNames<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
}
