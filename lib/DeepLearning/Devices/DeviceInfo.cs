namespace DeepLearning;

/// <summary>A device that this machine has.</summary>
/// <param name="Name">What messages call it, such as <c>cuda</c>.</param>
/// <param name="Description">What it is, for a person to read.</param>
/// <param name="IsProcessor">Whether it is the processor, by whatever way, and not a device of its own.</param>
public sealed record DeviceInfo(string Name, string Description, bool IsProcessor);
