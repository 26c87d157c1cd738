namespace DeepLearning.Tests.Optimizers;

/// <summary>What PyTorch does not have, or has otherwise, against the notes' formulas written out in plain doubles.</summary>
public class NotesFormTests
{
    private const double Eta = 0.02, Mu = 0.8, Rho = 0.7, Delta = 0.01, Lambda = 0.1;
    private const int Steps = 50;

    /// <summary>S1's Nesterov: v ← μv − ηg(w + μv); w ← w + v.</summary>
    private static (double[] W, double[] V) S1Nesterov(Func<int, double> eta, double decay)
    {
        double[] w = [.. ReferenceStart()], v = new double[8];
        for (int t = 1; t <= Steps; t++)
        {
            double[] ahead = [.. w.Zip(v, (wi, vi) => wi + Mu * vi)], g = MovingTarget.Gradient(ahead, t);
            for (int i = 0; i < 8; i++)
            {
                v[i] = Mu * v[i] - eta(t) * (g[i] + (i < 6 ? decay * ahead[i] : 0));
                w[i] += v[i];
            }
        }
        return (w, v);
    }

    /// <summary>S1's RMSProp with Nesterov momentum: r ← ρr + (1 − ρ)g²; v ← μv − ε/(δ + √r)·g; w ← w + v, with g at w + μv.</summary>
    private static (double[] W, double[] V) S1RmsPropNesterov(Func<int, double> eta, double decay)
    {
        double[] w = [.. ReferenceStart()], v = new double[8], r = new double[8];
        for (int t = 1; t <= Steps; t++)
        {
            double[] ahead = [.. w.Zip(v, (wi, vi) => wi + Mu * vi)], g = MovingTarget.Gradient(ahead, t);
            for (int i = 0; i < 8; i++)
            {
                double gi = g[i] + (i < 6 ? decay * ahead[i] : 0);
                r[i] = Rho * r[i] + (1 - Rho) * gi * gi;
                v[i] = Mu * v[i] - eta(t) / (Delta + Math.Sqrt(r[i])) * gi;
                w[i] += v[i];
            }
        }
        return (w, v);
    }

    private static double[] ReferenceStart()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        return new MovingTarget().Values;
    }

    public static TheoryData<string, double> LookAheadCases => new()
    {
        { nameof(Nesterov), 0 }, { nameof(Nesterov), Lambda }, { nameof(RmsPropNesterov), 0 }, { nameof(RmsPropNesterov), Lambda },
    };

    private static (double[] W, double[] V) Expected(string name, double decay, Func<int, double> eta) =>
        name == nameof(Nesterov) ? S1Nesterov(eta, decay) : S1RmsPropNesterov(eta, decay);

    private static Optimizer Make(string name, MovingTarget problem, double decay) => name == nameof(Nesterov)
        ? new Nesterov([problem.W, problem.B], Eta, Mu, decay)
        : new RmsPropNesterov([problem.W, problem.B], Eta, Mu, Rho, Delta, decay);

    [Theory, MemberData(nameof(LookAheadCases))]
    public void StepWithLossIsTheNotesForm(string name, double decay)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        MovingTarget problem = new();
        Optimizer optimizer = Make(name, problem, decay);
        for (int t = 1; t <= Steps; t++) optimizer.Step(() => problem.Loss(t));
        AssertClose(Expected(name, decay, _ => Eta).W, problem.Values);
    }

    [Theory, MemberData(nameof(LookAheadCases))]
    public void StepWithoutLossHoldsTheLookAheadPointWhateverTheRateDoes(string name, double decay)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Func<int, double> eta = t => Eta / Math.Sqrt(t);
        MovingTarget problem = new();
        Optimizer optimizer = Make(name, problem, decay);
        for (int t = 1; t <= Steps; t++)
        {
            optimizer.LearningRate = eta(t);
            optimizer.ClearGradients();
            problem.Loss(t).Backward();
            optimizer.Step();
        }
        (double[] w, double[] v) = Expected(name, decay, eta);
        AssertClose([.. w.Zip(v, (wi, vi) => wi + Mu * vi)], problem.Values);
        AssertClose(v, [.. optimizer.State(problem.W)["v"].ToDoubles(), .. optimizer.State(problem.B)["v"].ToDoubles()]);
    }

    [Fact]
    public void LookAheadStepReturnsTheLossThereAndPutsTheParametersBackWhenItThrows()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Parameter w = new("w", Tensor.From([2.0]), isWeight: true);
        Nesterov optimizer = new([w], learningRate: 0.25, momentum: 0.5);
        Assert.Equal(4, optimizer.Step(() => w.Square().Sum()).ToDouble());      // g = 4, v = −1, w = 1
        Assert.Equal(1, w.Item());
        Assert.Throws<InvalidOperationException>(() => optimizer.Step(() => throw new InvalidOperationException()));
        Assert.Equal(1, w.Item());
        Assert.Equal(0.25, optimizer.Step(() => w.Square().Sum()).ToDouble());   // at 1 + 0.5·(−1)
        Assert.Equal(0.25, w.ToDouble());                                        // v = −0.5 − 0.25·1
    }

    [Fact]
    public void TheTwoWaysOfALookAheadOptimizerDoNotMix()
    {
        MovingTarget problem = new();
        Nesterov optimizer = new([problem.W]);
        optimizer.Step(() => problem.Loss(1));
        Assert.Contains("Step(loss)", Assert.Throws<InvalidOperationException>(optimizer.Step).Message);
    }

    /// <summary>S1's first Adam has no η, and its δ is outside the root; without correction the hats are left out.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public void AdamOfTheNotes(bool biasCorrection)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        double[] w = [.. ReferenceStart()], s = new double[8], r = new double[8];
        for (int t = 1; t <= Steps; t++)
        {
            double[] g = MovingTarget.Gradient(w, t);
            for (int i = 0; i < 8; i++)
            {
                s[i] = 0.9 * s[i] + 0.1 * g[i];
                r[i] = 0.999 * r[i] + 0.001 * g[i] * g[i];
                double sHat = biasCorrection ? s[i] / (1 - Math.Pow(0.9, t)) : s[i],
                    rHat = biasCorrection ? r[i] / (1 - Math.Pow(0.999, t)) : r[i];
                w[i] -= sHat / (0.5 + Math.Sqrt(rHat));
            }
        }
        MovingTarget problem = new();
        Adam optimizer = new([problem.W, problem.B], learningRate: 1, epsilon: 0.5, biasCorrection: biasCorrection);
        for (int t = 1; t <= Steps; t++) optimizer.Step(() => problem.Loss(t));
        AssertClose(w, problem.Values);
        AssertClose(r[6..], optimizer.State(problem.B)["r"].ToDoubles());
    }

    /// <summary>Dozat's Nadam with a constant μ = ρ₁: ŝ = (1 − ρ₁)g/(1 − ρ₁ᵗ) + ρ₁s/(1 − ρ₁ᵗ⁺¹).</summary>
    [Fact]
    public void NadamWithConstantMomentum()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        double[] w = [.. ReferenceStart()], s = new double[8], r = new double[8];
        for (int t = 1; t <= Steps; t++)
        {
            double[] g = MovingTarget.Gradient(w, t);
            for (int i = 0; i < 8; i++)
            {
                s[i] = 0.8 * s[i] + 0.2 * g[i];
                r[i] = 0.9 * r[i] + 0.1 * g[i] * g[i];
                double sHat = 0.2 * g[i] / (1 - Math.Pow(0.8, t)) + 0.8 * s[i] / (1 - Math.Pow(0.8, t + 1));
                w[i] -= Eta * sHat / (1e-8 + Math.Sqrt(r[i] / (1 - Math.Pow(0.9, t))));
            }
        }
        MovingTarget problem = new();
        Nadam optimizer = new([problem.W, problem.B], Eta, 0.8, 0.9, momentumDecay: double.PositiveInfinity);
        for (int t = 1; t <= Steps; t++) optimizer.Step(() => problem.Loss(t));
        AssertClose(w, problem.Values);
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-12, $"number {i}: expected {expected[i]}, got {actual[i]}");
    }
}
