using System.Buffers;

namespace DeepLearning;

/// <summary>
/// An array of numbers with a shape, on a device, that remembers how it was computed. Row-major and contiguous; float32 on the CPU and GPU,
/// double on <see cref="Device.Reference"/>. Operations never change a tensor: they return a new one.
/// </summary>
/// <remarks>
/// Outside a scope a tensor is an ordinary object that the garbage collector frees. Inside <c>using (Tensor.Scope())</c> its memory goes
/// back to a pool when the scope ends; see <see cref="Scope"/> and <see cref="Keep"/>.
/// </remarks>
public partial class Tensor : IDisposable
{
    private Storage? _storage;

    internal Tensor(Shape shape, Storage storage)
    {
        Shape = shape;
        Device = storage.Device;
        _storage = storage;
        storage.Users++;
        TensorScope.Add(this);
    }

    // A tensor whose numbers are not there yet.
    private protected Tensor(Shape shape, Device device) => (Shape, Device) = (shape, device);

    /// <summary>The lengths of its axes.</summary>
    public Shape Shape { get; }

    /// <summary>Where its numbers are.</summary>
    public Device Device { get; private set; }

    /// <summary>How many axes.</summary>
    public int Rank => Shape.Rank;

    /// <summary>How many numbers.</summary>
    public int Count => Shape.Count;

    /// <summary>Whether a gradient is wanted for it, or for something it was computed from.</summary>
    public bool RequiresGradient { get; internal set; }

    /// <summary>
    /// ∂loss/∂this after <see cref="Backward()"/>, added up over calls until <see cref="ClearGradient"/>; null before, or if
    /// none is wanted.
    /// </summary>
    public Tensor? Gradient { get; internal set; }

    /// <summary>The operation that computed it; null for data, parameters, and whatever was computed without recording.</summary>
    public Operation? Origin { get; internal set; }

    /// <summary>The numbers.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed, or the scope it was made in has ended.</exception>
    public Storage Storage => _storage ?? ComputeNow();

    private Storage ComputeNow()
    {
        if (this is not PendingTensor { Fusion.IsOpen: true } pending)
            throw new ObjectDisposedException(nameof(Tensor),
                $"This tensor {Shape} is gone: the scope it was made in has ended (or Dispose was called); " +
                    "call Keep() on it inside the scope if it must outlive it.");
        _storage = pending.Fusion.Compute(pending.Value);
        _storage.Users++;
        TensorScope.Add(this);
        return _storage;
    }

    /// <summary>Whether its numbers are gone.</summary>
    public bool IsDisposed => _storage is null && this is not PendingTensor { Fusion.IsOpen: true };

    /// <summary>
    /// Begins a scope: every tensor made until it is disposed goes back to the pool then, except those told to <see cref="Keep"/>.
    /// </summary>
    /// <example><code>
    /// using (Tensor.Scope())
    /// {
    ///     Tensor loss = Loss(model.Forward(x), y);
    ///     loss.Backward();
    /// }
    /// </code></example>
    public static TensorScope Scope() => TensorScope.Begin();

    /// <summary>Takes this tensor out of the scope it was made in, so that it outlives it.</summary>
    public Tensor Keep()
    {
        _ = Storage;
        IsKept = true;
        return this;
    }

    internal bool IsKept { get; private set; }

    /// <summary>The opposite: gives it to the scope that is open on this thread, if one is.</summary>
    internal Tensor Unkeep()
    {
        IsKept = false;
        TensorScope.Add(this);
        return this;
    }

    /// <summary>Gives its memory back at once; using it afterwards throws.</summary>
    public void Dispose()
    {
        if (_storage is { } storage)
        {
            _storage = null;
            storage.Release();
        }
        Origin = null;
    }

    /// <summary>Asks for a gradient with respect to this tensor, which must be data rather than a result.</summary>
    public Tensor RequireGradient()
    {
        if (Origin is not null)
            throw new InvalidOperationException(
                $"This tensor {Shape} is the result of {Origin.Name}; ask for the gradient of what it was computed from.");
        RequiresGradient = true;
        return this;
    }

    /// <summary>Forgets the gradient, before the next <see cref="Backward()"/>.</summary>
    public void ClearGradient()
    {
        if (Gradient is { IsKept: true } pooled) pooled.Dispose();
        Gradient = null;
    }

    /// <summary>The same numbers, without the memory of how they were computed.</summary>
    public Tensor Detach() => new(Shape, Storage);

    /// <summary>
    /// A copy on <paramref name="device"/>, without the memory of how it was computed; this tensor itself if it is there already.
    /// </summary>
    public Tensor To(Device device)
    {
        ArgumentCheck.NotNull(device);
        return device == Device ? this : CopyTo(device);
    }

    /// <summary>A copy of the numbers with its own memory.</summary>
    public Tensor Clone() => CopyTo(Device);

    private Tensor CopyTo(Device device)
    {
        Storage target = device.Allocate(Count);
        if (device == Device) device.Copy(Storage, 0, [1], target, 0, [1], [Count], add: false);
        else CopyInto(target);
        return new Tensor(Shape, target);
    }

    /// <summary>
    /// Overwrites the numbers of this tensor; a recorded operation that still needs the old ones would then be wrong, so only
    /// between steps.
    /// </summary>
    public void Assign(Tensor values)
    {
        ArgumentCheck.NotNull(values);
        if (!values.Shape.Equals(Shape)) throw new ArgumentException($"Expected values of shape {Shape}, got {values.Shape}.");
        if (this is PendingTensor { Fusion.IsOpen: true })
            throw new InvalidOperationException(
                "In an optimizer's Update, w, g and p[…] are values: return the new w, and write p[\"name\"] = … for what is remembered.");
        Fusion.BeforeWrite(Storage);
        if (values.Device == Device) Device.Copy(values.Storage, 0, [1], Storage, 0, [1], [Count], add: false);
        else values.CopyInto(Storage);
    }

    // From one device to another, in double precision only where one of them has it.
    private void CopyInto(Storage target)
    {
        if (Device == Device.Reference || target.Device == Device.Reference)
        {
            target.Device.Upload(ToDoubles(), target);
            return;
        }
        float[] values = ArrayPool<float>.Shared.Rent(Count);
        Device.Download(Storage, values.AsSpan(0, Count));
        target.Device.Upload(values.AsSpan(0, Count), target);
        ArrayPool<float>.Shared.Return(values);
    }

    /// <summary>Moves the numbers themselves; for parameters, whose identity optimizers and layers hold on to.</summary>
    internal void MoveTo(Device device)
    {
        if (device == Device) return;
        Storage target = device.Allocate(Count);
        CopyInto(target);
        Storage.Release();
        _storage = target;
        target.Users++;
        Device = device;
        ClearGradient();
    }
}
