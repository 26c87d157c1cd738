namespace DeepLearning;

/// <summary>
/// Kernels slid over images: each output channel is the sum over all input channels of the image weighted by a small kernel, the same
/// everywhere. y[n, k, i, j] = b_k + Σ_c Σ_a Σ_b W[k, c, a, b] · x[n, c, i·s + a·d − p, j·s + b·d − p], with zeros outside the image.
/// <para>
/// Shapes: x: [N, in, H, W] → [N, out, H′, W′], H′ = ⌊(H + 2p − d·(kernel − 1) − 1)/s⌋ + 1; W: [out, in/groups, kernel height, kernel
/// width]; b: [out]. Parameters: out·(in/groups·kernel height·kernel width + 1).
/// </para>
/// <para>The kernel is not turned round as mathematicians' convolution has it; since it is learned, that makes no difference.</para>
/// <para>Source: LeCun et al., "Gradient-based learning applied to document recognition", 1998; S2, S3 "Convolution".</para>
/// </summary>
/// <example><code>
/// var convolution = new Conv2d(3, 16, kernel: 3, new Generator(1), padding: Padding.Same);
/// Tensor y = convolution.Forward(Tensor.Zeros(8, 3, 28, 28));   // [8, 16, 28, 28]
/// </code></example>
public sealed class Conv2d : Layer
{
    private readonly int _inputs, _outputs, _groups;
    private readonly Size2 _kernel, _stride, _dilation;
    private readonly Padding _padding;

    /// <param name="inputs">in, channels of x; ≥ 1.</param>
    /// <param name="outputs">out, channels of y, one for each kernel; ≥ 1.</param>
    /// <param name="kernel">Rows and columns of the kernel, <c>3</c> or <c>(3, 5)</c>; ≥ 1.</param>
    /// <param name="generator">Where the first weights come from.</param>
    /// <param name="stride">s, from one window to the next; ≥ 1; 1 unless given.</param>
    /// <param name="padding">
    /// p, zeros around the image: a number, rows and columns, <see cref="Padding.Sides"/> or <see cref="Padding.Same"/>; none unless given.
    /// </param>
    /// <param name="dilation">d, from one tap of the kernel to the next; ≥ 1; 1 unless given.</param>
    /// <param name="groups">
    /// Into how many groups channels are divided, each seeing only its own; divides in and out; in itself makes it depthwise; 1.
    /// </param>
    /// <param name="weights">
    /// How the weights begin; He uniform unless given, U(±√(6/n_in)) with n_in = in/groups · kernel area, since a ReLU commonly follows.
    /// (PyTorch draws from U(±√(1/n_in)), which lets signals shrink by √6 a layer.) Biases begin at 0.
    /// </param>
    /// <param name="bias">Whether there is a b.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public Conv2d(int inputs, int outputs, Size2 kernel, Generator generator, Size2? stride = null, Padding padding = default,
        Size2? dilation = null, int groups = 1, Initializer? weights = null, bool bias = true)
    {
        ConvolutionSizes.Check("Conv2d", inputs, outputs, kernel, stride ?? 1, padding, dilation ?? 1, groups);
        (_inputs, _outputs, _kernel, _groups) = (inputs, outputs, kernel, groups);
        (_stride, _padding, _dilation) = (stride ?? 1, padding, dilation ?? 1);
        Weight = new Parameter("weight",
            (weights ?? Init.HeUniform).Create(new Shape(outputs, inputs / groups, kernel.Height, kernel.Width), generator),
            isWeight: true);
        if (bias) Bias = new Parameter("bias", Tensor.Zeros(outputs), isWeight: false);
    }

    /// <summary>W: [out, in/groups, kernel height, kernel width].</summary>
    public Parameter Weight { get; }

    /// <summary>b: [out]; null if there is none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => Bias is null ? [Weight] : [Weight, Bias];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x does not have <c>in</c> channels, or is smaller than the kernel.</exception>
    protected override Tensor Compute(Tensor x)
    {
        ConvolutionSizes.CheckInput(this, x.Shape, _inputs, 4);
        if (Tensor.Window(x.Shape, Weight.Shape, _stride, _padding, _dilation, _groups).Problem is { } problem)
            throw new ArgumentException($"{this} got input {x.Shape}; {problem}.");
        return Tensor.Conv2d(x, Weight, Bias, _stride, _padding, _dilation, _groups);
    }

    /// <inheritdoc/>
    protected internal override LayerArithmetic Arithmetic(Shape x, Shape y) =>
        ConvolutionArithmetic.Of(x, y, Weight, Bias, _stride, _padding, _dilation);

    /// <inheritdoc/>
    public override string ToString() =>
        $"Conv2d({_inputs}→{_outputs}, {_kernel}{ConvolutionSizes.Options(_stride, _padding, _dilation, _groups)})";
}
