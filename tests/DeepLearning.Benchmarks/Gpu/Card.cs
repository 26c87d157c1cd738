namespace DeepLearning.Benchmarks;

/// <summary>
/// The GPU device, with what a benchmark has to know of it. <c>Cards.Open</c> makes it; a build without the GPU device has no card.
/// </summary>
/// <param name="Device">Where tensors are made.</param>
/// <param name="Library">What drives it, such as <c>ILGPU 1.5.3</c>.</param>
/// <param name="Count">What it has done so far.</param>
/// <param name="Synchronize">Returns when all work is done.</param>
/// <param name="Trim">Gives memory that nothing uses back to the driver.</param>
/// <param name="Watch">Gives the names of the kernels that something starts.</param>
internal sealed record Card(Device Device, string Library, Func<CardCounts> Count, Action Synchronize, Action Trim,
    Func<Action, IReadOnlyList<string>> Watch);

/// <summary>What a card has done.</summary>
/// <param name="Launches">Kernels started.</param>
/// <param name="Waits">Times that the program waited for numbers.</param>
/// <param name="BytesHeld">Memory, in tensors or waiting to be used again.</param>
internal readonly record struct CardCounts(long Launches, long Waits, long BytesHeld);
