namespace DeepLearning.Kernels;

/// <summary>How a step of an optimizer changes a parameter; the formulas are in <see cref="UpdateMath"/>.</summary>
public enum UpdateRule
{
    /// <summary>Down the gradient</summary>
    Sgd,
    /// <summary>With a velocity; <see cref="UpdateArgs.Ahead"/> makes it Nesterov's</summary>
    Momentum,
    /// <summary>Divided by the root of all squared gradients so far</summary>
    AdaGrad,
    /// <summary>Divided by the root of the mean square of recent gradients</summary>
    RmsProp,
    /// <summary>The same with a velocity</summary>
    RmsPropMomentum,
    /// <summary>The same, scaled by the root mean square of recent steps</summary>
    Adadelta,
    /// <summary>A running mean of gradients divided by the root of their running mean square; Adam, AdamW and Nadam</summary>
    Adam,
    /// <summary>Adam with the largest mean square so far in the denominator</summary>
    AmsGrad,
    /// <summary>A step of one length in every direction: the sign of a running mean of gradients</summary>
    Lion,
}

/// <summary>
/// One step for one parameter in one pass over memory: w, and what the rule remembers of earlier steps, are changed in place.
/// </summary>
/// <param name="Rule">The formula.</param>
public readonly record struct UpdateArgs(UpdateRule Rule)
{
    /// <summary>w, the parameter.</summary>
    public Storage W { get; init; } = null!;
    /// <summary>g, the gradient.</summary>
    public Storage G { get; init; } = null!;
    /// <summary>The first memory: a velocity v, or a running mean s; null where a rule has none.</summary>
    public Storage? S { get; init; }
    /// <summary>The second memory: squared gradients r; null where a rule has none.</summary>
    public Storage? R { get; init; }
    /// <summary>AmsGrad's third memory: the largest r so far; null for all other rules.</summary>
    public Storage? M { get; init; }
    /// <summary>How many numbers.</summary>
    public int N { get; init; }
    /// <summary>η, the learning rate.</summary>
    public double Rate { get; init; }
    /// <summary>λ of the L2 form: g ← g + λw comes first.</summary>
    public double Decay { get; init; }
    /// <summary>Decoupled decay: w ← w − Shrink·w comes first.</summary>
    public double Shrink { get; init; }
    /// <summary>μ or ρ₁: how much of the first memory is kept.</summary>
    public double KeepS { get; init; }
    /// <summary>ρ or ρ₂: how much of the second memory is kept; Lion: how much of the first one is kept for the next step.</summary>
    public double KeepR { get; init; }
    /// <summary>δ, which keeps the denominator from zero.</summary>
    public double Delta { get; init; }
    /// <summary>μ where w stands for the look-ahead point w + μv, otherwise 0.</summary>
    public double Ahead { get; init; }
    /// <summary>Adam: the share of g itself in the numerator.</summary>
    public double ScaleG { get; init; }
    /// <summary>Adam: what corrects s.</summary>
    public double ScaleS { get; init; }
    /// <summary>Adam: what corrects r.</summary>
    public double ScaleR { get; init; }
}
