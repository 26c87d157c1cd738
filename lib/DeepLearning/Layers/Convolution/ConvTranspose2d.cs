namespace DeepLearning;

/// <summary>
/// The transpose of <see cref="Conv2d"/>: makes images larger, as generators and decoders need. Each number of x adds a kernel,
/// times itself, to the output, s places from its neighbour's: y[n, k, i·s + a·d − p, j·s + b·d − p] += W[c, k, a, b] · x[n, c, i, j],
/// and then b_k.
/// <para>
/// Shapes: x: [N, in, H, W] → [N, out, H′, W′], H′ = (H − 1)·s − 2p + d·(kernel − 1) + outputPadding + 1;
/// W: [in, out/groups, kernel height, kernel width]; b: [out].
/// </para>
/// <para>A kernel that is not a multiple of the stride lays unequal numbers of taps over neighbours: a checkerboard pattern.</para>
/// <para>Source: Zeiler et al., "Deconvolutional networks", 2010; Radford et al., DCGAN, 2016.</para>
/// </summary>
/// <example><code>
/// var larger = new ConvTranspose2d(16, 3, kernel: 4, new Generator(1), stride: 2, padding: 1);
/// Tensor y = larger.Forward(Tensor.Zeros(8, 16, 14, 14));   // [8, 3, 28, 28]
/// </code></example>
public sealed class ConvTranspose2d : Layer
{
    private readonly int _inputs, _outputs, _groups;
    private readonly Size2 _kernel, _stride, _dilation, _outputPadding;
    private readonly Padding _padding;

    /// <param name="inputs">in, channels of x; ≥ 1.</param>
    /// <param name="outputs">out, channels of y; ≥ 1.</param>
    /// <param name="kernel">Rows and columns of the kernel; ≥ 1.</param>
    /// <param name="generator">Where the first weights come from.</param>
    /// <param name="stride">s, rows and columns of y from one number of x to the next; ≥ 1; 1 unless given.</param>
    /// <param name="padding">p, rows and columns cut off y on all sides; none unless given.</param>
    /// <param name="outputPadding">Rows and columns added below and right; less than stride or dilation; 0 unless given.</param>
    /// <param name="dilation">d, from one tap of the kernel to the next; ≥ 1; 1 unless given.</param>
    /// <param name="groups">Into how many groups channels are divided; divides in and out; 1.</param>
    /// <param name="weights">
    /// How the weights begin; U(±√(6·s²/n)) unless given, with n = in/groups · kernel area: He uniform for the in/groups · kernel area / s²
    /// products that meet in a number of y. Biases begin at 0.
    /// </param>
    /// <param name="bias">Whether there is a b.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public ConvTranspose2d(int inputs, int outputs, Size2 kernel, Generator generator, Size2? stride = null, Padding padding = default,
        Size2? outputPadding = null, Size2? dilation = null, int groups = 1, Initializer? weights = null, bool bias = true)
    {
        ConvolutionSizes.Check("ConvTranspose2d", inputs, outputs, kernel, stride ?? 1, padding, dilation ?? 1, groups);
        if (padding.IsSame) throw new ArgumentException("ConvTranspose2d takes its padding as a number.");
        (_inputs, _outputs, _kernel, _groups) = (inputs, outputs, kernel, groups);
        (_stride, _padding, _outputPadding, _dilation) = (stride ?? 1, padding, outputPadding ?? 0, dilation ?? 1);
        double meeting = Math.Max(1, (double)(inputs / groups) * kernel.Height * kernel.Width / (_stride.Height * _stride.Width));
        double bound = Math.Sqrt(6 / meeting);
        Shape shape = new(inputs, outputs / groups, kernel.Height, kernel.Width);
        Weight = new Parameter("weight", (weights ?? Init.Uniform(-bound, bound)).Create(shape, generator), isWeight: true);
        if (bias) Bias = new Parameter("bias", Tensor.Zeros(outputs), isWeight: false);
    }

    /// <summary>W: [in, out/groups, kernel height, kernel width].</summary>
    public Parameter Weight { get; }

    /// <summary>b: [out]; null if there is none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> OwnParameters => Bias is null ? [Weight] : [Weight, Bias];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x does not have <c>in</c> channels, or nothing is left of y.</exception>
    protected override Tensor Compute(Tensor x)
    {
        ConvolutionSizes.CheckInput(this, x.Shape, _inputs, 4);
        return Tensor.ConvTranspose2d(x, Weight, Bias, _stride, _padding, _outputPadding, _dilation, _groups);
    }

    /// <inheritdoc/>
    protected internal override LayerArithmetic Arithmetic(Shape x, Shape y)
    {
        string kernel = $"{_kernel.Height}×{_kernel.Width}×{_outputs / _groups}";
        return new(Parameters: $"{kernel}×{_inputs}{(Bias is null ? "" : $" + {_outputs}")}",
            MultiplyAdds: (long)x.Count * (Weight.Count / _inputs), MultiplyAddsText: $"{x[2]}×{x[3]}×{_inputs} × {kernel}");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"ConvTranspose2d({_inputs}→{_outputs}, {_kernel}{ConvolutionSizes.Options(_stride, _padding, _dilation, _groups)})";
}
