namespace DeepLearning.Tests.Explaining;

/// <summary>The words and formulas themselves.</summary>
public class AccountTextTests
{
    [Fact]
    public void AWeightOfTheLastLayer() => Assert.Equal(
        """
        w5 = 0.4
          ∂E/∂out_o1 = out_o1 − target_o1 = 0.751365 − 0.01 = 0.741365
          ∂out_o1/∂in_o1 = out_o1(1 − out_o1) = 0.751365(1 − 0.751365) = 0.186816
          ∂in_o1/∂w5 = out_h1 = 0.593270
          ∂E/∂w5 = ∂E/∂out_o1 × ∂out_o1/∂in_o1 × ∂in_o1/∂w5
            = 0.741365 × 0.186816 × 0.593270 = 0.0821670
          w5' = w5 − α·∂E/∂w5 = 0.4 − 0.5×0.0821670 = 0.358916

        """, WorkedNets.A().ToText("w5"), ignoreLineEndingDifferences: true);

    [Fact]
    public void AWeightOfTheFirstLayerSumsBothPaths() => Assert.Equal(
        """
        w1 = 0.15
          ∂E/∂out_o1 = out_o1 − target_o1 = 0.751365 − 0.01 = 0.741365
          ∂out_o1/∂in_o1 = out_o1(1 − out_o1) = 0.751365(1 − 0.751365) = 0.186816
          ∂in_o1/∂out_h1 = w5 = 0.4
          ∂out_h1/∂in_h1 = out_h1(1 − out_h1) = 0.593270(1 − 0.593270) = 0.241301
          ∂in_h1/∂w1 = i1 = 0.05
          ∂E/∂out_o2 = out_o2 − target_o2 = 0.772928 − 0.99 = −0.217072
          ∂out_o2/∂in_o2 = out_o2(1 − out_o2) = 0.772928(1 − 0.772928) = 0.175510
          ∂in_o2/∂out_h1 = w7 = 0.5
          path 1 of 2, through h1, o1:
            ∂E/∂out_o1 × ∂out_o1/∂in_o1 × ∂in_o1/∂out_h1 × ∂out_h1/∂in_h1 × ∂in_h1/∂w1
            = 0.741365 × 0.186816 × 0.4 × 0.241301 × 0.05 = 0.000668396
          path 2 of 2, through h1, o2:
            ∂E/∂out_o2 × ∂out_o2/∂in_o2 × ∂in_o2/∂out_h1 × ∂out_h1/∂in_h1 × ∂in_h1/∂w1
            = −0.217072 × 0.175510 × 0.5 × 0.241301 × 0.05 = −0.000229828
          ∂E/∂w1 = 0.000668396 + (−0.000229828) = 0.000438568
          w1' = w1 − α·∂E/∂w1 = 0.15 − 0.5×0.000438568 = 0.149781

        """, WorkedNets.A().ToText("w1"), ignoreLineEndingDifferences: true);

    [Fact]
    public void TheForwardPassGoesNeuronByNeuron() => Assert.Equal(
        """
        Forward pass
          in_h1 = w1·i1 + w2·i2 + b1 = 0.15×0.05 + 0.2×0.1 + 0.35 = 0.3775
          out_h1 = 1/(1 + e^(−in_h1)) = 1/(1 + e^(−0.3775)) = 0.593270
          in_h2 = w3·i1 + w4·i2 + b1 = 0.25×0.05 + 0.3×0.1 + 0.35 = 0.3925
          out_h2 = 1/(1 + e^(−in_h2)) = 1/(1 + e^(−0.3925)) = 0.596884
          in_o1 = w5·out_h1 + w6·out_h2 + b2 = 0.4×0.593270 + 0.45×0.596884 + 0.6 = 1.105906
          out_o1 = 1/(1 + e^(−in_o1)) = 1/(1 + e^(−1.105906)) = 0.751365
          in_o2 = w7·out_h1 + w8·out_h2 + b2 = 0.5×0.593270 + 0.55×0.596884 + 0.6 = 1.224921
          out_o2 = 1/(1 + e^(−in_o2)) = 1/(1 + e^(−1.224921)) = 0.772928
          E_o1 = ½(target_o1 − out_o1)² = ½(0.01 − 0.751365)² = 0.274811
          E_o2 = ½(target_o2 − out_o2)² = ½(0.99 − 0.772928)² = 0.0235600
          E = E_o1 + E_o2 = 0.274811 + 0.0235600 = 0.298371

        """, WorkedNets.SharedBias().ForwardText(), ignoreLineEndingDifferences: true);

    [Fact]
    public void TheWholeAccountGoesFromTheLastLayerToTheFirst()
    {
        Explanation e = WorkedNets.A();
        Assert.Equal(["w5", "w6", "w7", "w8", "b3", "b4", "w1", "w2", "w3", "w4", "b1", "b2"], e.Backward.Select(p => p.Name));
        Assert.Equal(["w1", "w2", "w3", "w4", "b1", "b2", "w5", "w6", "w7", "w8", "b3", "b4"], e.ToTable().Select(row => row.Name));
        Assert.Single(e.BackwardText().Split("∂out_o1/∂in_o1 = out_o1")[1..]);
        Assert.Equal(e.ToString(), e.ToText());
        Assert.Equal("∂E/∂out_o1 × ∂out_o1/∂in_o1 × ∂in_o1/∂w5 = 0.741365 × 0.186816 × 0.593270 = 0.0821670", e.Paths("w5")[0].ToString());
        Assert.Equal("w1·i1 + w2·i2 + b1 = 0.15×0.05 + 0.2×0.1 + 0.35 = 0.3775", e.ToForwardTable()[0].Computation);
    }

    [Fact]
    public void AWeightAsLatex() => Assert.Equal(
        """
        \begin{aligned}
        \frac{\partial E}{\partial \mathrm{out}_{6}} & = \mathrm{out}_{6} - \mathrm{target}_{6} = 0.473889 - 1 = -0.526111 \\
        \frac{\partial \mathrm{out}_{6}}{\partial \mathrm{in}_{6}} & = \mathrm{out}_{6}\left(1 - \mathrm{out}_{6}\right) = 0.473889\left(1 - 0.473889\right) = 0.249318 \\
        \frac{\partial \mathrm{in}_{6}}{\partial \theta_{6}} & = 1 \\
        \frac{\partial E}{\partial \theta_{6}} & = \frac{\partial E}{\partial \mathrm{out}_{6}} \frac{\partial \mathrm{out}_{6}}{\partial \mathrm{in}_{6}} \frac{\partial \mathrm{in}_{6}}{\partial \theta_{6}} = -0.526111 \times 0.249318 \times 1 = -0.131169 \\
        \theta_{6}^{\prime} & = \theta_{6} - \alpha\,\frac{\partial E}{\partial \theta_{6}} = 0.1 - 0.9 \times (-0.131169) = 0.218052
        \end{aligned}
        """, WorkedNets.B(new HalfSquaredError()).ToLatex("θ6"), ignoreLineEndingDifferences: true);

    [Fact]
    public void DigitsAreAnOption()
    {
        Explanation e = WorkedNets.A(new ExplainOptions { LearningRate = 0.5, Digits = 3 });
        Assert.Contains("∂E/∂w5 = ∂E/∂out_o1 × ∂out_o1/∂in_o1 × ∂in_o1/∂w5\n    = 0.741 × 0.187 × 0.593 = 0.0822\n", e.ToText("w5"));
    }
}
