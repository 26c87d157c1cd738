namespace DeepLearning.Benchmarks;

/// <summary>Opens a card through ILGPU.</summary>
internal static class Cards
{
    /// <summary>The first card of a kind: <c>cuda</c>, <c>opencl</c> or <c>cpu</c>.</summary>
    /// <exception cref="NotSupportedException">This machine has none.</exception>
    public static Card Open(string kind)
    {
        GpuDevice device = GpuDevice.Create(Enum.Parse<GpuKind>(kind, ignoreCase: true));
        Storage one = device.Allocate(1);
        device.Fill(one, 1, 0);
        float[] number = new float[1];
        return new Card(device, $"ILGPU {typeof(ILGPU.Context).Assembly.GetName().Version?.ToString(3)}",
            () => new CardCounts(device.Launches, device.Waits, device.BytesHeld),
            // Work is done in order, so a number is there only after everything before it.
            () => device.Download(one, number), device.Trim, Watch);

        IReadOnlyList<string> Watch(Action action)
        {
            List<string> names = [];
            device.Launching = names.Add;
            action();
            device.Launching = null;
            return names;
        }
    }
}
