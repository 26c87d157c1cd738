namespace DeepLearning;

// What the operations made from kernels are called in messages and drawings.
public partial class Tensor
{
    private static readonly string[] UnaryNames = LowerNames<UnaryOp>(), BinaryNames = LowerNames<BinaryOp>(), ReduceNames = LowerNames<ReduceOp>();

    private static string NameOf(UnaryOp op) => UnaryNames[(int)op];

    private static string NameOf(BinaryOp op) => BinaryNames[(int)op];

    private static string NameOf(ReduceOp op) => ReduceNames[(int)op];

    private static string[] LowerNames<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
}
