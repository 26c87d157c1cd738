namespace DeepLearning;

// Convolution and what belongs to it. With images x, weights w and outputs y, a convolution is Σ x·w·y over all products it makes:
// linear in each of the three. Its derivative for one of them is the same sum with that one left out, so three operations are closed under
// differentiation.
public partial class Tensor
{
    /// <summary>
    /// The convolution of images with K kernels, as networks have it (the kernel is not turned round):
    /// y[n, k, i, j] = b_k + Σ_c Σ_a Σ_b w[k, c, a, b] · x[n, c, i·stride + a·dilation − padding, j·stride + b·dilation − padding].
    /// </summary>
    /// <param name="x">[N, C, H, W]</param>
    /// <param name="weight">w: [K, C/groups, kernel height, kernel width]</param>
    /// <param name="bias">b: [K], or null.</param>
    /// <param name="stride">Rows and columns from one window to the next; ≥ 1; 1 unless given.</param>
    /// <param name="padding">Zeros around the image, also unequal ones, by <see cref="Padding.Sides"/>; none unless given.</param>
    /// <param name="dilation">Rows and columns from one tap of the kernel to the next; ≥ 1; 1 unless given.</param>
    /// <param name="groups">Into how many groups channels are divided, each seeing only its own; divides C and K; 1.</param>
    /// <returns>[N, K, H′, W′] with H′ = ⌊(H + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or the kernel is larger than the padded image.</exception>
    public static Tensor Conv2d(Tensor x, Tensor weight, Tensor? bias = null, Size2? stride = null, Padding padding = default,
        Size2? dilation = null, int groups = 1)
    {
        CheckConvolution("Conv2d", x, weight, "[N, C, H, W]", "[K, C/groups, kernel height, kernel width]", 4);
        (ConvArgs args, string? problem) = Window(x.Shape, weight.Shape, stride ?? 1, padding, dilation ?? 1, groups);
        if (problem is not null) throw new ArgumentException($"Conv2d got x {x.Shape} and weights {weight.Shape}; {problem}.");
        CheckBias("Conv2d", bias, args.K);
        return Conv(args, x, weight, bias);
    }

    /// <summary>As <see cref="Conv2d"/>, along one axis.</summary>
    /// <param name="x">[N, C, L]</param>
    /// <param name="weight">w: [K, C/groups, kernel]</param>
    /// <param name="bias">b: [K], or null.</param>
    /// <param name="stride">Steps from one window to the next; ≥ 1; 1.</param>
    /// <param name="padding">Zeros before and behind, or <c>Padding.Sides(0, 0, before, behind)</c>; none unless given.</param>
    /// <param name="dilation">Steps from one tap of the kernel to the next; ≥ 1; 1.</param>
    /// <param name="groups">Into how many groups channels are divided; 1.</param>
    /// <returns>[N, K, L′]</returns>
    /// <inheritdoc cref="Conv2d" path="/exception"/>
    public static Tensor Conv1d(Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, Padding padding = default, int dilation = 1,
        int groups = 1)
    {
        CheckConvolution("Conv1d", x, weight, "[N, C, L]", "[K, C/groups, kernel]", 3);
        if (!padding.IsAlongRows)
        {
            throw new ArgumentException(
                $"Conv1d pads before and behind, with Padding.Sides(0, 0, before, behind), got rows, too: {padding}.");
        }
        Tensor row = x.Reshape(x.Shape[0], x.Shape[1], 1, x.Shape[2]),
            kernel = weight.Reshape(weight.Shape[0], weight.Shape[1], 1, weight.Shape[2]);
        (ConvArgs args, string? problem) = Window(row.Shape, kernel.Shape, (1, stride), padding.AlongRows, (1, dilation), groups);
        if (problem is not null) throw new ArgumentException($"Conv1d got x {x.Shape} and weights {weight.Shape}; {problem}.");
        CheckBias("Conv1d", bias, args.K);
        return Conv(args, row, kernel, bias).Reshape(args.N, args.K, args.OutW);
    }

    /// <summary>
    /// The transpose of <see cref="Conv2d"/>, which makes images larger: the gradient for the input of a convolution with the same kernel,
    /// stride and padding, ⟨Conv2d(u, w), x⟩ = ⟨u, ConvTranspose2d(x, w)⟩. Each number of x adds the kernel, times itself, to the output.
    /// </summary>
    /// <param name="x">[N, C, H, W]</param>
    /// <param name="weight">w: [C, K/groups, kernel height, kernel width]</param>
    /// <param name="bias">b: [K], or null.</param>
    /// <param name="stride">Rows and columns of the output from one number of x to the next; ≥ 1; 1 unless given.</param>
    /// <param name="padding">Rows and columns cut off on all sides; none unless given; not same.</param>
    /// <param name="outputPadding">
    /// Rows and columns added below and right, to tell apart the sizes that a strided convolution maps to one; less than stride or
    /// dilation; 0.
    /// </param>
    /// <param name="dilation">Rows and columns from one tap of the kernel to the next; ≥ 1; 1 unless given.</param>
    /// <param name="groups">Into how many groups channels are divided; 1.</param>
    /// <returns>[N, K, H′, W′] with H′ = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or nothing would be left of the output.</exception>
    public static Tensor ConvTranspose2d(Tensor x, Tensor weight, Tensor? bias = null, Size2? stride = null, Padding padding = default,
        Size2? outputPadding = null, Size2? dilation = null, int groups = 1)
    {
        CheckConvolution("ConvTranspose2d", x, weight, "[N, C, H, W]", "[C, K/groups, kernel height, kernel width]", 4);
        (ConvArgs args, string? problem) = TransposedWindow(x.Shape, weight.Shape, stride ?? 1, padding, outputPadding ?? 0,
            dilation ?? 1, groups);
        if (problem is not null) throw new ArgumentException($"ConvTranspose2d got x {x.Shape} and weights {weight.Shape}; {problem}.");
        CheckBias("ConvTranspose2d", bias, args.C);
        Tensor y = ConvInputGradient(args, x, weight);
        return bias is null ? y : y + bias.Reshape(1, args.C, 1, 1);
    }

    private static Tensor Conv(in ConvArgs p, Tensor x, Tensor w, Tensor? bias = null)
    {
        if (bias is null) SameDevice("conv", x, w);
        else SameDevice("conv", x, w, bias);
        Tensor y = Empty(new Shape(p.N, p.K, p.OutH, p.OutW), x.Device);
        x.Device.Conv(p, x.Storage, w.Storage, bias?.Storage, y.Storage);
        ConvolutionState state = new(p);
        return bias is null ? Record("conv", y, state, s_convDerivative, x, w) : Record("conv", y, state, s_convDerivative, x, w, bias);
    }

    private static readonly Operation<ConvolutionState>.Derivative s_convDerivative = static (op, g) =>
    {
        ConvArgs p = op.State.Args;
        bool bias = op.Inputs.Count > 2 && op.Needs(2), fused = bias && op.Needs(1) && !IsRecording;
        if (op.Needs(0)) op.Send(0, ConvInputGradient(p, g, op[1]));
        Tensor? sum = fused ? Empty(op[2].Shape, g.Device) : bias ? g.Sum([0, 2, 3]) : null;
        if (op.Needs(1)) op.Send(1, ConvWeightGradient(p, op[0], g, fused ? sum : null));
        if (sum is not null) op.Send(2, sum);
    };

    private static Tensor ConvInputGradient(in ConvArgs p, Tensor y, Tensor w)
    {
        SameDevice("convtranspose", y, w);
        Tensor x = Empty(new Shape(p.N, p.C, p.H, p.W), y.Device);
        y.Device.ConvInputGradient(p, y.Storage, w.Storage, x.Storage);
        return Record("convtranspose", x, new TransposedConvolutionState(p), static (op, g) =>
        {
            ConvArgs p = op.State.Args;
            if (op.Needs(0)) op.Send(0, Conv(p, g, op[1]));
            if (op.Needs(1)) op.Send(1, ConvWeightGradient(p, g, op[0]));
        }, y, w);
    }

    // Also sums y over the images, if somewhere is given to put that.
    private static Tensor ConvWeightGradient(in ConvArgs p, Tensor x, Tensor y, Tensor? sum = null)
    {
        Tensor w = Empty(new Shape(p.K, p.GroupC, p.KernelH, p.KernelW), x.Device);
        x.Device.ConvWeightGradient(p, x.Storage, y.Storage, w.Storage, sum?.Storage);
        return Record("convweights", w, new ConvolutionWeightsState(p), static (op, g) =>
        {
            ConvArgs p = op.State.Args;
            if (op.Needs(0)) op.Send(0, ConvInputGradient(p, op[1], g));
            if (op.Needs(1)) op.Send(1, Conv(p, op[0], g));
        }, x, y);
    }

    private static void CheckConvolution(string name, Tensor x, Tensor weight, string images, string weights, int rank)
    {
        ArgumentCheck.NotNull(x);
        ArgumentCheck.NotNull(weight);
        if (x.Rank != rank || weight.Rank != rank)
            throw new ArgumentException($"{name} needs x {images} and weights {weights}, got {x.Shape} and {weight.Shape}.");
    }

    private static void CheckBias(string name, Tensor? bias, int channels)
    {
        if (bias is not null && (bias.Rank != 1 || bias.Count != channels))
            throw new ArgumentException($"The bias of this {name} is [{channels}], a number for each output channel, got {bias.Shape}.");
    }
}

/// <summary>A convolution: y from x and w.</summary>
internal readonly record struct ConvolutionState(ConvArgs Args) : IOperationState;

/// <summary>Its transpose: x from y and w.</summary>
internal readonly record struct TransposedConvolutionState(ConvArgs Args) : IOperationState;

/// <summary>The gradient of its weights: w from x and y.</summary>
internal readonly record struct ConvolutionWeightsState(ConvArgs Args) : IOperationState;
