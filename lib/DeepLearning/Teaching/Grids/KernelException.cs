namespace DeepLearning;

/// <summary>
/// A kernel broke a rule of the graphics card: an index outside its memory, a race, a barrier that not all threads of a group reach.
/// </summary>
/// <param name="message">Which rule, which thread, which number.</param>
public sealed class KernelException(string message) : Exception(message);
