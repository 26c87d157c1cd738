namespace DeepLearning;

// Normalizations: fused kernels both ways; where a gradient is to be differentiated again, the same formula written with operations.
public partial class Tensor
{
    /// <summary>
    /// Every channel of a batch with mean 0 and variance 1, then stretched and shifted: y = γ_c·(x − μ_c)/√(σ²_c + ε) + β_c.
    /// </summary>
    /// <param name="x">[N, C, …]; μ_c and σ²_c are taken over all axes but the second.</param>
    /// <param name="gamma">γ: [C], or null for ones; given with β or not at all.</param>
    /// <param name="beta">β: [C], or null for zeros.</param>
    /// <param name="epsilon">ε &gt; 0, which keeps the root from 0.</param>
    /// <param name="mean">μ: [C].</param>
    /// <param name="variance">σ²: [C], the mean squared distance from μ.</param>
    /// <returns>Of x's shape.</returns>
    public static Tensor BatchNorm(Tensor x, Tensor? gamma, Tensor? beta, double epsilon, out Tensor mean, out Tensor variance)
    {
        ArgumentCheck.NotNull(x);
        CheckEpsilon(epsilon);
        if (x.Rank < 2 || x.Count == 0)
            throw new ArgumentException($"Batch normalization needs [N, C, …] with some numbers, got {x.Shape}.");
        Shape view = new(x.Shape[0], x.Shape[1], x.Shape.Product(2, x.Rank));
        CheckScale("Batch normalization", x, gamma, beta, view[1]);
        Tensor y = Empty(x.Shape, x.Device);
        mean = Empty(new Shape(view[1]), x.Device);
        variance = Empty(new Shape(view[1]), x.Device);
        x.Device.BatchNorm(BatchNormArgs(x, gamma, mean, variance, view, epsilon), beta?.Storage, y.Storage);
        BatchNormState state = new(mean, variance, view, epsilon);
        return gamma is null
            ? Record("batchnorm", y, state, s_batchNormDerivative, x)
            : Record("batchnorm", y, state, s_batchNormDerivative, x, gamma, beta!);
    }

    /// <summary>
    /// The channels of every sample in groups, each group with mean 0 and variance 1, then stretched and shifted by channel.
    /// </summary>
    /// <param name="x">[N, C, …].</param>
    /// <param name="groups">How many groups; divides C.</param>
    /// <param name="gamma">γ: [C], or null for ones; given with β or not at all.</param>
    /// <param name="beta">β: [C], or null for zeros.</param>
    /// <param name="epsilon">ε &gt; 0, which keeps the root from 0.</param>
    /// <returns>Of x's shape.</returns>
    public static Tensor GroupNorm(Tensor x, int groups, Tensor? gamma = null, Tensor? beta = null, double epsilon = 1e-5)
    {
        ArgumentCheck.NotNull(x);
        if (x.Rank < 2 || groups < 1 || x.Shape[1] % groups != 0)
            throw new ArgumentException($"Group normalization needs [N, C, …] with C a multiple of the {groups} groups, got {x.Shape}.");
        Shape view = new(x.Shape[0], groups, x.Shape[1] / groups, x.Shape.Product(2, x.Rank));
        CheckScale("Group normalization", x, gamma, beta, x.Shape[1]);
        return GroupNorm("groupnorm", x, view, gamma, beta, epsilon);
    }

    /// <summary>
    /// Every sample's features, the last axis or axes, with mean 0 and variance 1, then stretched and shifted, number by number.
    /// </summary>
    /// <param name="x">[…, D].</param>
    /// <param name="gamma">γ: [D], or null for ones; given with β or not at all.</param>
    /// <param name="beta">β: [D], or null for zeros.</param>
    /// <param name="epsilon">ε &gt; 0, which keeps the root from 0.</param>
    /// <param name="axes">How many axes, counted from the last, are normalized together; γ and β have their shape.</param>
    /// <returns>Of x's shape.</returns>
    public static Tensor LayerNorm(Tensor x, Tensor? gamma = null, Tensor? beta = null, double epsilon = 1e-5, int axes = 1)
    {
        ArgumentCheck.NotNull(x);
        if (axes < 1 || x.Rank < axes)
            throw new ArgumentException($"Layer normalization over {axes} axes got {x.Shape}, which has {x.Rank}.");
        int features = x.Shape.Product(x.Rank - axes, x.Rank);
        if (features == 0) throw new ArgumentException($"Layer normalization needs some features, got {x.Shape}.");
        CheckScale("Layer normalization", x, gamma, beta, features);
        return GroupNorm("layernorm", x, new Shape(x.Count / features, 1, features, 1), gamma, beta, epsilon);
    }

    private static Tensor GroupNorm(string name, Tensor x, Shape view, Tensor? gamma, Tensor? beta, double epsilon)
    {
        CheckEpsilon(epsilon);
        Tensor y = Empty(x.Shape, x.Device), mean = Empty(new Shape(view[0], view[1]), x.Device), inverse = Empty(mean.Shape, x.Device);
        GroupNormState state = new(mean, inverse, view, epsilon);
        x.Device.GroupNorm(GroupNormArgs(x, gamma, state), beta?.Storage, y.Storage);
        return gamma is null
            ? Record(name, y, state, s_groupNormDerivative, x)
            : Record(name, y, state, s_groupNormDerivative, x, gamma, beta!);
    }

    private static readonly Operation<BatchNormState>.Derivative s_batchNormDerivative = static (op, g) =>
    {
        (Tensor mean, Tensor variance, Shape view, double epsilon) = op.State;
        Tensor x = op[0];
        Tensor? gamma = op.Inputs.Count > 1 ? op[1] : null;
        if (IsRecording)
        {
            SendNormGradient(op, g, view, [0, 2], [0, 2], new Shape(view[1], 1), epsilon);
            return;
        }
        Tensor? dx = op.Needs(0) ? Empty(x.Shape, x.Device) : null;
        Tensor dGamma = Empty(gamma?.Shape ?? mean.Shape, x.Device), dBeta = Empty(dGamma.Shape, x.Device);
        x.Device.BatchNormGradient(BatchNormArgs(x, gamma, mean, variance, view, epsilon), g.Storage, dx?.Storage, dGamma.Storage,
            dBeta.Storage);
        SendAll(op, dx, dGamma, dBeta);
    };

    private static readonly Operation<GroupNormState>.Derivative s_groupNormDerivative = static (op, g) =>
    {
        GroupNormState state = op.State;
        Tensor x = op[0];
        Tensor? gamma = op.Inputs.Count > 1 ? op[1] : null;
        Shape view = state.View;
        if (IsRecording)
        {
            SendNormGradient(op, g, view, [2, 3], [0, 3], new Shape(view[1], view[2], 1), state.Epsilon);
            return;
        }
        Tensor? dx = op.Needs(0) ? Empty(x.Shape, x.Device) : null;
        Tensor dGamma = Empty(gamma?.Shape ?? new Shape(view[1] * view[2]), x.Device), dBeta = Empty(dGamma.Shape, x.Device);
        x.Device.GroupNormGradient(GroupNormArgs(x, gamma, state), g.Storage, dx?.Storage, dGamma.Storage, dBeta.Storage);
        SendAll(op, dx, dGamma, dBeta);
    };

    private static void SendAll(Operation op, Tensor? dx, Tensor dGamma, Tensor dBeta)
    {
        if (dx is not null) op.Send(0, dx);
        if (op.Inputs.Count == 1) return;
        op.Send(1, dGamma);
        op.Send(2, dBeta);
    }

    // The derivative of any normalization, with operations: x is seen as `view`, `over` are the axes that share a mean, `shared` those
    // that share a γ.
    private static void SendNormGradient(Operation op, Tensor g, Shape view, int[] over, int[] shared, Shape gammaView, double epsilon)
    {
        Tensor x = op[0].Reshape(view), dy = g.Reshape(view);
        double numbers = Math.Max(1, x.CountOf(over));
        Tensor centred = x - Mean(x), inverse = (Mean(centred.Square()) + epsilon).Power(-0.5), normal = centred * inverse;
        Tensor weighted = op.Inputs.Count > 1 ? dy * op[1].Reshape(gammaView) : dy;
        if (op.Needs(0))
            op.Send(0, (inverse * (weighted - Mean(weighted) - normal * Mean(weighted * normal))).Reshape(op[0].Shape));
        if (op.Inputs.Count == 1) return;
        if (op.Needs(1)) op.Send(1, (dy * normal).Sum(shared).Reshape(op[1].Shape));
        if (op.Needs(2)) op.Send(2, dy.Sum(shared).Reshape(op[2].Shape));

        // Of no numbers it is 0.
        Tensor Mean(Tensor values) => values.Sum(over, keepAxes: true) / numbers;
    }

    private static BatchNormArgs BatchNormArgs(Tensor x, Tensor? gamma, Tensor mean, Tensor variance, Shape view, double epsilon) =>
        new(x.Storage, mean.Storage, variance.Storage, view[0], view[1], view[2], epsilon) { Gamma = gamma?.Storage };

    private static GroupNormArgs GroupNormArgs(Tensor x, Tensor? gamma, GroupNormState state) =>
        new(x.Storage, state.Mean.Storage, state.Inverse.Storage, state.View[0], state.View[1], state.View[2], state.View[3], state.Epsilon)
        {
            Gamma = gamma?.Storage,
        };

    private static void CheckEpsilon(double epsilon)
    {
        if (!(epsilon >= 0) || double.IsInfinity(epsilon))
            throw new ArgumentOutOfRangeException(
                nameof(epsilon), epsilon, $"A normalization's epsilon is a finite number, 0 or more, got {epsilon}.");
    }

    private static void CheckScale(string name, Tensor x, Tensor? gamma, Tensor? beta, int count)
    {
        if (gamma is null && beta is null) return;
        if (gamma?.Count != count || beta?.Count != count)
            throw new ArgumentException(
                $"{name} of {x.Shape} needs γ and β of {count} numbers each, or neither; got {gamma?.Shape.ToString() ?? "none"} " +
                $"and {beta?.Shape.ToString() ?? "none"}.");
        SameDevice("normalization", x, gamma, beta);
    }

    /// <summary>
    /// Running means, each moved by a share of the way to a multiple of its target, in place: r ← (1 − share)·r + share·factor·target.
    /// </summary>
    internal static void MoveToward(double share, params ReadOnlySpan<(Tensor Running, Tensor Target, double Factor)> all)
    {
        Device device = all[0].Running.Device;
        if (!device.FusesUpdates)
        {
            foreach ((Tensor running, Tensor target, double factor) in all)
                running.Assign((1 - share) * running + share * factor * target.To(device));
            return;
        }
        // That is a step against a gradient: w ← w − shrink·w − rate·g.
        UpdateArgs[] steps = new UpdateArgs[all.Length];
        for (int i = 0; i < all.Length; i++)
        {
            (Tensor running, Tensor target, double factor) = all[i];
            steps[i] = new UpdateArgs(UpdateRule.Sgd)
            {
                W = running.Storage, G = target.To(device).Storage, N = running.Count, Shrink = share, LearningRate = -share * factor,
            };
        }
        device.Update(steps);
    }
}

/// <summary>Every channel of a batch normalized.</summary>
/// <param name="Mean">μ: [C].</param>
/// <param name="Variance">σ²: [C].</param>
/// <param name="View">x seen as [N, C, …].</param>
/// <param name="Epsilon">ε.</param>
internal sealed record BatchNormState(Tensor Mean, Tensor Variance, Shape View, double Epsilon) : IOperationState;

/// <summary>Groups of every sample's channels normalized; with one group and a γ for each number, layer normalization.</summary>
/// <param name="Mean">μ: [N, groups].</param>
/// <param name="Inverse">1/√(σ² + ε): [N, groups].</param>
/// <param name="View">x seen as [N, groups, channels of a group, …].</param>
/// <param name="Epsilon">ε.</param>
internal sealed record GroupNormState(Tensor Mean, Tensor Inverse, Shape View, double Epsilon) : IOperationState;
