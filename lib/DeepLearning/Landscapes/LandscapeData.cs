namespace DeepLearning;

/// <summary>The loss along a line through the weights.</summary>
/// <param name="X">Where.</param>
/// <param name="Loss">How much there.</param>
public sealed record LandscapeLine(double[] X, double[] Loss);

/// <summary>The loss over a plane through the weights.</summary>
/// <param name="X">The columns.</param>
/// <param name="Y">The rows.</param>
/// <param name="Loss">Loss[row, column] at (X[column], Y[row]).</param>
public sealed record LandscapePlane(double[] X, double[] Y, double[,] Loss);

/// <summary>The loss along a path of training, point for point.</summary>
/// <param name="True">At the weights training had.</param>
/// <param name="Projected">At their shadows in the plane that is drawn.</param>
public sealed record PathLosses(double[] True, double[] Projected);
