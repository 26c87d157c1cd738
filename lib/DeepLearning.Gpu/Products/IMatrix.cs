namespace DeepLearning;

/// <summary>Numbers that a product reads as a matrix, wherever they lie: a matrix, or the windows of an image.</summary>
internal interface IMatrix
{
    float At(int batch, int row, int column);
}

/// <summary>Where a product's numbers go, and what is done to them on the way.</summary>
internal interface ITarget
{
    void Store(int batch, int row, int column, float value);
}
