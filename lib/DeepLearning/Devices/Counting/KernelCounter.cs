using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>
/// A device that lets another one do its work and counts the kernels it is asked for. On a graphics card each is one start or a few, and
/// starting costs time, however small the work is.
/// </summary>
/// <param name="inside">Does the work; its kernels' own inner steps are not counted.</param>
/// <example><code>
/// KernelCounter counter = new(Device.Cpu);
/// Dense model = new(3, 2, new Generator(1));
/// model.To(counter);
/// model.Forward(Tensor.Ones(4, 3).To(counter));
/// Console.WriteLine(string.Join(", ", counter.Counts));
/// </code></example>
public sealed partial class KernelCounter(Device inside) : Device
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string Name => $"{inside.Name}, counted";

    /// <inheritdoc/>
    public override string Description => $"{inside.Description}, its kernels counted";

    /// <inheritdoc/>
    public override bool IsAccelerator => inside.IsAccelerator;

    /// <summary>How often each kernel was asked for since the last <see cref="Clear"/>.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>All of them together.</summary>
    public int Total => _counts.Values.Sum();

    /// <summary>Begins to count anew.</summary>
    public void Clear() => _counts.Clear();

    /// <inheritdoc/>
    public override Storage Allocate(int length)
    {
        Storage storage = inside.Allocate(length);
        storage.Device = this;
        return storage;
    }

    /// <inheritdoc/>
    public override void Free(Storage storage)
    {
        storage.Device = inside;
        inside.Free(storage);
    }

    /// <inheritdoc/>
    public override void Upload(ReadOnlySpan<float> source, Storage target) => inside.Upload(source, target);

    /// <inheritdoc/>
    public override void Upload(ReadOnlySpan<double> source, Storage target) => inside.Upload(source, target);

    /// <inheritdoc/>
    public override void Download(Storage source, Span<float> target) => inside.Download(source, target);

    /// <inheritdoc/>
    public override void Download(Storage source, Span<double> target) => inside.Download(source, target);

    private Device Started([CallerMemberName] string kernel = "")
    {
        _counts[kernel] = _counts.GetValueOrDefault(kernel) + 1;
        return inside;
    }
}
