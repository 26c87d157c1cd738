namespace DeepLearning;

/// <summary>A device that this machine has.</summary>
/// <param name="Name">What messages call it, such as <c>cuda</c>.</param>
/// <param name="Description">What it is, for a person to read.</param>
public sealed record DeviceInfo(string Name, string Description);
