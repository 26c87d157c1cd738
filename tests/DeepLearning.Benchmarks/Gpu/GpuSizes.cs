namespace DeepLearning.Benchmarks;

/// <summary>How large the workloads of a card are; the same numbers stand in torch_gpu.py.</summary>
/// <param name="Products">Sides of the square products called 1024, 4096 and 8192.</param>
/// <param name="Rows">Rows of the matrix of many numbers.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Side">Side of the matrix that is transposed.</param>
/// <param name="Batch">Samples of the small batches.</param>
/// <param name="LargeBatch">Samples of the large one.</param>
/// <param name="Sequences">Sequences of a batch.</param>
/// <param name="LstmTimes">Characters of one for the LSTM.</param>
/// <param name="TransformerTimes">Characters of one for the transformer.</param>
internal sealed record GpuSizes(int[] Products, int Rows, int Columns, int Side, int Batch, int LargeBatch, int Sequences, int LstmTimes,
    int TransformerTimes)
{
    /// <summary>64 M numbers are 256 MiB, more than any card's cache.</summary>
    public static GpuSizes Normal { get; } = new([1024, 4096, 8192], 65_536, 1024, 8192, 64, 4096, 32, 32, 64);

    /// <summary>To try the command out where there is no card; the figures say nothing.</summary>
    public static GpuSizes Small { get; } = new([32, 64, 128], 256, 64, 128, 8, 32, 4, 8, 8);
}
