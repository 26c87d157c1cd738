namespace DeepLearning;

public partial class Tensor
{
    [ThreadStatic] private static bool _recordingOff;

    /// <summary>Whether operations are remembered on this thread, so that gradients can be computed.</summary>
    public static bool IsRecording => !_recordingOff;

    /// <summary>Stops remembering operations until the result is disposed: less work where no gradient is wanted.</summary>
    /// <example><code>using (Tensor.NoGradient()) accuracy = Metrics.Accuracy(model.Forward(x), y);</code></example>
    public static RecordingSwitch NoGradient() => new(off: true);

    internal static RecordingSwitch Recording(bool on) => new(off: !on);

    /// <summary>
    /// Makes <paramref name="output"/> remember that it was computed from <paramref name="inputs"/>, if any of them needs a gradient. This is how
    /// an operation of your own joins the library; write the derivative with tensor operations and it can be differentiated again.
    /// </summary>
    /// <param name="name">For messages and drawings.</param>
    /// <param name="output">The result, computed without recording.</param>
    /// <param name="derivative">Sends each input its share of the gradient.</param>
    /// <param name="state">Anything else the derivative needs.</param>
    /// <param name="inputs">What the result was computed from.</param>
    /// <returns><paramref name="output"/>.</returns>
    public static Tensor Record(string name, Tensor output, Operation.Derivative derivative, object? state, params ReadOnlySpan<Tensor> inputs)
    {
        if (_recordingOff) return output;
        bool needed = false;
        foreach (Tensor input in inputs) needed |= input.RequiresGradient;
        if (needed)
        {
            output.RequiresGradient = true;
            output.Origin = new Operation(name, output, derivative, state, inputs.ToArray());
        }
        return output;
    }

    /// <summary>Dispose it to record again, or not, as before.</summary>
    public readonly struct RecordingSwitch : IDisposable
    {
        private readonly bool _before = _recordingOff;

        internal RecordingSwitch(bool off) => _recordingOff = off;

        /// <inheritdoc/>
        public void Dispose() => _recordingOff = _before;
    }
}
