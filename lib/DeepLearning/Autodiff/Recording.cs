namespace DeepLearning;

public partial class Tensor
{
    [ThreadStatic] private static bool s_recordingOff;

    /// <summary>Whether operations are remembered on this thread, so that gradients can be computed.</summary>
    public static bool IsRecording => !s_recordingOff;

    /// <summary>Stops remembering operations until the result is disposed: less work where no gradient is wanted.</summary>
    /// <example><code>using (Tensor.NoGradient()) accuracy = Metrics.Accuracy(model.Forward(x), y);</code></example>
    public static RecordingSwitch NoGradient() => new(off: true);

    internal static RecordingSwitch Recording(bool on) => new(off: !on);

    /// <summary>
    /// Makes <paramref name="output"/> remember that it was computed from <paramref name="inputs"/>, if any of them needs a gradient. This
    /// is how an operation of your own joins the library; write the derivative with tensor operations and it can be differentiated again.
    /// </summary>
    /// <param name="name">For messages, drawings and <see cref="Explain"/>.</param>
    /// <param name="output">The result, computed without recording.</param>
    /// <param name="derivative">Sends each input its share of the gradient.</param>
    /// <param name="inputs">What the result was computed from.</param>
    /// <returns><paramref name="output"/>.</returns>
    /// <exception cref="ArgumentNullException">An input is null.</exception>
    /// <example><code>
    /// Tensor x = Tensor.From([1.0, 2, 3]).RequireGradient(), cube;
    /// using (Tensor.NoGradient()) cube = x * x * x;
    /// Tensor y = Tensor.Record("cube", cube, (operation, gradient) => operation.Send(0, 3 * operation[0].Square() * gradient), x);
    /// </code></example>
    public static Tensor Record(string name, Tensor output, Operation.Derivative derivative, params ReadOnlySpan<Tensor> inputs)
    {
        if (IsRecorded(inputs)) output.ComesFrom(Operation.Stateless(name, output, derivative, inputs.ToArray()));
        return output;
    }

    /// <summary>As the other <c>Record</c>, for a derivative that must know more than what went in and came out.</summary>
    /// <param name="name">For messages, drawings and <see cref="Explain"/>.</param>
    /// <param name="output">The result, computed without recording.</param>
    /// <param name="state">What else the derivative must know; it finds it in <see cref="Operation{TState}.State"/>.</param>
    /// <param name="derivative">Sends each input its share of the gradient.</param>
    /// <param name="inputs">What the result was computed from.</param>
    /// <returns><paramref name="output"/>.</returns>
    /// <exception cref="ArgumentNullException">An input is null.</exception>
    public static Tensor Record<TState>(string name, Tensor output, TState state, Operation<TState>.Derivative derivative,
        params ReadOnlySpan<Tensor> inputs)
    {
        if (IsRecorded(inputs)) output.ComesFrom(new Operation<TState>(name, output, state, derivative, inputs.ToArray()));
        return output;
    }

    private static bool IsRecorded(ReadOnlySpan<Tensor> inputs)
    {
        if (s_recordingOff) return false;
        bool needed = false;
        foreach (Tensor input in inputs)
        {
            ArgumentCheck.NotNull(input, nameof(inputs));
            needed |= input.RequiresGradient;
        }
        return needed;
    }

    private void ComesFrom(Operation operation)
    {
        RequiresGradient = true;
        Origin = operation;
    }

    /// <summary>Dispose it to record again, or not, as before.</summary>
    public readonly struct RecordingSwitch : IDisposable
    {
        private readonly bool _before = s_recordingOff;

        internal RecordingSwitch(bool off) => s_recordingOff = off;

        /// <inheritdoc/>
        public void Dispose() => s_recordingOff = _before;
    }
}
