namespace DeepLearning;

/// <summary>The device on which a model is trained fastest here, and why; its text is the reason.</summary>
/// <param name="Device">The device.</param>
/// <param name="Why">The reason, one sentence.</param>
/// <example><code>
/// var model = new Sequential(new Dense(64, 32, new Generator(1)), new Relu(), new Dense(32, 10, new Generator(2)));
/// DeviceChoice choice = DeviceChoice.For(model, batch: 64);
/// Console.WriteLine(choice.Why);
/// model.To(choice.Device);
/// </code></example>
public sealed record DeviceChoice(Device Device, string Why)
{
    /// <summary>The card if a step of training has work enough for it, else the CPU.</summary>
    /// <remarks>
    /// The model's work is that of <see cref="ModelSummary"/>, for each layer on average. From how much on the card is faster is measured,
    /// once:
    /// <see cref="Crossover.Of(Device, bool, IProgress{CrossoverPoint}?)"/>. Without a card, or without a GPU device built in, it is the
    /// CPU.
    /// </remarks>
    /// <param name="model">What is to be trained.</param>
    /// <param name="batch">Samples in a step, ≥ 1.</param>
    /// <param name="sample">
    /// The shape of one sample, as for <see cref="Layer.Summary"/>; one that goes through the model is found unless given.
    /// </param>
    public static DeviceChoice For(Layer model, int batch, params ReadOnlySpan<int> sample) =>
        Decide(model, batch, sample, () => Device.Gpu, gpu => Crossover.Of(gpu));

    internal static DeviceChoice Decide(Layer model, int batch, ReadOnlySpan<int> sample, Func<Device> findGpu, Func<Device,
        Crossover> measure)
    {
        ArgumentCheck.NotNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ModelWork work = ModelWork.Of(model, sample);
        try
        {
            Device gpu = findGpu();
            if (!gpu.IsAccelerator) return new DeviceChoice(Device.Cpu, $"The CPU: {gpu.Name} is {gpu.Description}.");
            return Weigh(gpu, measure(gpu), work, batch);
        }
        catch (Exception problem) when (problem is NotSupportedException or InvalidOperationException or InsufficientMemoryException)
        {
            return new DeviceChoice(Device.Cpu, problem.Message);
        }
    }

    // The network that was measured has batch · width² multiplications a layer. This model's layers have as many at a certain width.
    private static DeviceChoice Weigh(Device gpu, Crossover crossover, ModelWork work, int batch)
    {
        int measured = crossover.Points[0].Batch;
        double each = work.Steps == 0 ? 0 : (double)batch * work.MultiplyAdds / work.Steps, size = Math.Sqrt(measured * each);
        string sample = work.Sample is null ? "of which only the parameters could be counted" : $"samples of {work.Sample}";
        string about = $"a step of this model at batch {batch}, {sample}, is as much work as batch × width of about " +
            $"{Crossover.About(size)}";
        if (crossover.IsFasterAt(size)) return new DeviceChoice(gpu, $"{gpu.Name}: {about}, and {From("it is faster here")}.");
        return new DeviceChoice(Device.Cpu, $"The CPU: {about}, and {From($"{gpu.Name} is faster here")}.");

        string From(string faster) => crossover.At switch
        {
            0 => $"{faster} at all sizes measured",
            double.PositiveInfinity => $"at no size measured, up to {Crossover.Number(crossover.Points[^1].Size)}, {faster}",
            double at => $"{(size >= at ? "" : "only ")}from about {Crossover.About(at)} on {faster}",
        };
    }

    /// <summary>The reason.</summary>
    public override string ToString() => Why;
}
