namespace DeepLearning.Kernels;

/// <summary>
/// The steps that devices have a fused kernel for. The formula of each is in its optimizer's <see cref="Optimizer.Update"/>; a kernel
/// computes the same.
/// </summary>
public enum UpdateRule
{
    /// <summary><see cref="DeepLearning.Sgd"/></summary>
    Sgd,
    /// <summary><see cref="DeepLearning.Momentum"/> and <see cref="DeepLearning.Nesterov"/></summary>
    Momentum,
    /// <summary><see cref="DeepLearning.AdaGrad"/></summary>
    AdaGrad,
    /// <summary><see cref="DeepLearning.RmsProp"/></summary>
    RmsProp,
    /// <summary><see cref="DeepLearning.RmsPropNesterov"/></summary>
    RmsPropNesterov,
    /// <summary><see cref="DeepLearning.Adadelta"/></summary>
    Adadelta,
    /// <summary><see cref="DeepLearning.Adam"/>, <see cref="DeepLearning.AdamW"/> and <see cref="DeepLearning.Nadam"/></summary>
    Adam,
    /// <summary><see cref="DeepLearning.Adam"/> with the largest mean square so far in the denominator</summary>
    AmsGrad,
    /// <summary><see cref="DeepLearning.Lion"/></summary>
    Lion,
}

/// <summary>
/// One step for one parameter in one pass over memory: w, and what the optimizer remembers of earlier steps, are changed in place.
/// A rule uses the memories and numbers that its formula names; the others are null and 0.
/// </summary>
/// <param name="Rule">The formula.</param>
public readonly record struct UpdateArgs(UpdateRule Rule)
{
    /// <summary>w, the parameter.</summary>
    public Storage W { get; init; } = null!;
    /// <summary>g, the gradient.</summary>
    public Storage G { get; init; } = null!;
    /// <summary>v, the last step.</summary>
    public Storage? V { get; init; }
    /// <summary>s, the running mean of gradients; Adadelta's of squared steps.</summary>
    public Storage? S { get; init; }
    /// <summary>r, the sum or running mean of squared gradients.</summary>
    public Storage? R { get; init; }
    /// <summary>The largest r so far.</summary>
    public Storage? MaxR { get; init; }
    /// <summary>How many numbers.</summary>
    public int N { get; init; }
    /// <summary>η, the learning rate.</summary>
    public double LearningRate { get; init; }
    /// <summary>λ of the L2 form: g ← g + λw comes first.</summary>
    public double WeightDecay { get; init; }
    /// <summary>ηλ of decoupled decay: w ← w − ηλw comes first.</summary>
    public double Shrink { get; init; }
    /// <summary>μ, how much of v is kept.</summary>
    public double Momentum { get; init; }
    /// <summary>μ where w stands for the look-ahead point w + μv, otherwise 0.</summary>
    public double Ahead { get; init; }
    /// <summary>ρ, how much of r (and Adadelta's s) is kept.</summary>
    public double Rho { get; init; }
    /// <summary>β₁, how much of s is kept; Lion's, how much of s is in the step.</summary>
    public double Beta1 { get; init; }
    /// <summary>β₂, how much of r is kept; Lion's, how much of s is.</summary>
    public double Beta2 { get; init; }
    /// <summary>ε, which keeps the denominator from zero.</summary>
    public double Epsilon { get; init; }
    /// <summary>Adam: what g itself is multiplied by in the numerator; 0 except for Nadam.</summary>
    public double ScaleG { get; init; }
    /// <summary>Adam: what s is multiplied by in the numerator, its correction.</summary>
    public double ScaleS { get; init; }
    /// <summary>Adam: what r is multiplied by under the root, its correction.</summary>
    public double ScaleR { get; init; }
}
