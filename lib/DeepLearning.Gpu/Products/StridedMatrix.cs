using ILGPU;

namespace DeepLearning;

/// <summary>A matrix, transposed or not, or one of a batch. Aligned: every row starts at a multiple of 4 numbers.</summary>
internal struct StridedMatrix<TTransposed, TAligned> : IMatrix where TTransposed : struct, IChoice where TAligned : struct, IChoice
{
    public ArrayView<float> Data;
    public int BatchStride, Stride;

    public readonly bool Down => default(TTransposed).Made;

    public readonly bool Fours => default(TAligned).Made;

    public readonly float At(int batch, int row, int column) => Data[Place(batch, row, column)];

    public readonly int Place(int batch, int row, int column) =>
        batch * BatchStride + (default(TTransposed).Made ? column * Stride + row : row * Stride + column);

    public readonly Float4 FourAt(int place, int batch, int row, int column) => Float4.Load(Data, place);
}

/// <summary>C with rows and columns exchanged.</summary>
internal struct TurnedTarget<TC> : ITarget where TC : struct, ITarget
{
    public TC Target;

    public readonly bool Fours => false;

    public readonly void Store(int batch, int row, int column, float value) => Target.Store(batch, column, row, value);

    public readonly void StoreFour(int batch, int row, int column, Float4 value)
    {
        Target.Store(batch, column, row, value.A);
        Target.Store(batch, column + 1, row, value.B);
        Target.Store(batch, column + 2, row, value.C);
        Target.Store(batch, column + 3, row, value.D);
    }
}

/// <summary>C: [batch, rows, columns], with a bias for each column and C's old numbers if wanted.</summary>
internal struct MatrixTarget : ITarget
{
    public ArrayView<float> Data, Bias;
    public int Rows, Columns, HasBias, Accumulate;

    public readonly bool Fours => (Columns & 3) == 0;

    public readonly void Store(int batch, int row, int column, float value)
    {
        int at = Place(batch, row, column);
        Data[at] = Whole(at, column, value);
    }

    public readonly void StoreFour(int batch, int row, int column, Float4 value)
    {
        int at = Place(batch, row, column);
        Whole(at, column, value).Store(Data, at);
    }

    public readonly int Place(int batch, int row, int column) => (batch * Rows + row) * Columns + column;

    /// <summary>A product with all that is added to it.</summary>
    public readonly float Whole(int at, int column, float value)
    {
        if (HasBias != 0) value += Bias[column];
        if (Accumulate != 0) value += Data[at];
        return value;
    }

    /// <inheritdoc cref="Whole(int, int, float)"/>
    public readonly Float4 Whole(int at, int column, Float4 value)
    {
        if (HasBias != 0) value = Sum(value, Float4.Load(Bias, column));
        if (Accumulate != 0) value = Sum(value, Float4.Load(Data, at));
        return value;
    }

    private static Float4 Sum(Float4 a, Float4 b) => new(a.A + b.A, a.B + b.B, a.C + b.C, a.D + b.D);
}

/// <summary>C, and y = f(C) beside it.</summary>
internal struct ActivatedTarget<TF> : ITarget where TF : struct, IUnary
{
    public MatrixTarget C;
    public ArrayView<float> Y;

    public readonly bool Fours => C.Fours;

    public readonly void Store(int batch, int row, int column, float value)
    {
        int at = C.Place(batch, row, column);
        float z = C.Whole(at, column, value);
        C.Data[at] = z;
        Y[at] = F(z);
    }

    public readonly void StoreFour(int batch, int row, int column, Float4 value)
    {
        int at = C.Place(batch, row, column);
        Float4 z = C.Whole(at, column, value);
        z.Store(C.Data, at);
        new Float4(F(z.A), F(z.B), F(z.C), F(z.D)).Store(Y, at);
    }

    private static float F(float z) => default(TF).Value(z, 0, 0);
}
