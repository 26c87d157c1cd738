using ILGPU;

namespace DeepLearning;

/// <summary>A matrix, transposed or not, or one of a batch.</summary>
internal struct StridedMatrix : IMatrix
{
    public ArrayView<float> Data;
    public int BatchStride, RowStride, ColumnStride;

    public readonly float At(int batch, int row, int column) => Data[batch * BatchStride + row * RowStride + column * ColumnStride];
}

/// <summary>C: [batch, rows, columns], with a bias for each column and C's old numbers if wanted.</summary>
internal struct MatrixTarget : ITarget
{
    public ArrayView<float> Data, Bias;
    public int Rows, Columns, HasBias, Accumulate;

    public readonly void Store(int batch, int row, int column, float value)
    {
        int at = (batch * Rows + row) * Columns + column;
        if (HasBias != 0) value += Bias[column];
        if (Accumulate != 0) value += Data[at];
        Data[at] = value;
    }
}
