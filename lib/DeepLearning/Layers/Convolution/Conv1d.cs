namespace DeepLearning;

/// <summary>
/// Kernels slid along sequences: <see cref="Conv2d"/> with one axis.
/// y[n, k, i] = b_k + Σ_c Σ_a W[k, c, a] · x[n, c, i·s + a·d − p], with zeros outside the sequence.
/// <para>
/// Shapes: x: [N, in, L] → [N, out, L′], channels first as images have them, L′ = ⌊(L + 2p − d·(kernel − 1) − 1)/s⌋ + 1;
/// W: [out, in/groups, kernel]; b: [out].
/// </para>
/// <para>Source: Waibel et al., "Phoneme recognition using time-delay neural networks", 1989.</para>
/// </summary>
/// <example><code>
/// // Each place sees itself and what came before.
/// var convolution = new Conv1d(2, 8, kernel: 3, new Generator(1), padding: Padding.Sides(0, 0, 2, 0));
/// Tensor y = convolution.Forward(Tensor.Zeros(4, 2, 100));   // [4, 8, 100]
/// </code></example>
public sealed class Conv1d : Layer
{
    private readonly int _inputs, _outputs, _kernel, _stride, _dilation, _groups;
    private readonly Padding _padding;

    /// <param name="inputs">in, channels of x; ≥ 1.</param>
    /// <param name="outputs">out, channels of y; ≥ 1.</param>
    /// <param name="kernel">Taps of the kernel; ≥ 1.</param>
    /// <param name="generator">Where the first weights come from.</param>
    /// <param name="stride">s, from one window to the next; ≥ 1; 1.</param>
    /// <param name="padding">
    /// p, zeros before and behind: a number, <see cref="Padding.Sides"/> or <see cref="Padding.Same"/>; none unless given.
    /// </param>
    /// <param name="dilation">d, from one tap of the kernel to the next; ≥ 1; 1.</param>
    /// <param name="groups">Into how many groups channels are divided; divides in and out; 1.</param>
    /// <param name="weights">How the weights begin; He uniform unless given, as for <see cref="Conv2d"/>. Biases begin at 0.</param>
    /// <param name="bias">Whether there is a b.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public Conv1d(int inputs, int outputs, int kernel, Generator generator, int stride = 1, Padding padding = default, int dilation = 1,
        int groups = 1, Initializer? weights = null, bool bias = true)
    {
        ConvolutionSizes.Check("Conv1d", inputs, outputs, (1, kernel), stride, padding, dilation, groups);
        (_inputs, _outputs, _kernel, _stride, _padding, _dilation, _groups) = (inputs, outputs, kernel, stride, padding, dilation, groups);
        Weight = new Parameter("weight", (weights ?? Init.HeUniform).Create(new Shape(outputs, inputs / groups, kernel), generator),
            isWeight: true);
        if (bias) Bias = new Parameter("bias", Tensor.Zeros(outputs), isWeight: false);
    }

    /// <summary>W: [out, in/groups, kernel].</summary>
    public Parameter Weight { get; }

    /// <summary>b: [out]; null if there is none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => Bias is null ? [Weight] : [Weight, Bias];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x does not have <c>in</c> channels, or is shorter than the kernel.</exception>
    protected override Tensor Compute(Tensor x)
    {
        ConvolutionSizes.CheckInput(this, x.Shape, _inputs, 3);
        return Tensor.Conv1d(x, Weight, Bias, _stride, _padding, _dilation, _groups);
    }

    /// <inheritdoc/>
    protected internal override LayerArithmetic Arithmetic(Shape x, Shape y) =>
        ConvolutionArithmetic.Of(x, y, Weight, Bias, (1, _stride), _padding, (1, _dilation));

    /// <inheritdoc/>
    public override string ToString() =>
        $"Conv1d({_inputs}→{_outputs}, {_kernel}{ConvolutionSizes.Options(_stride, _padding, _dilation, _groups)})";
}
