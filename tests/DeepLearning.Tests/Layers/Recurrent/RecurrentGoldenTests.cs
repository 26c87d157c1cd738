namespace DeepLearning.Tests.Layers;

/// <summary>
/// Recurrent layers against PyTorch 1.13 in double precision; above each row stands the layer that made it, in tests/golden the program.
/// "Full" is two layers, both directions, given first states and lengths; "plain" none of it. Each row holds all outputs and states, then
/// the gradients for x, the first states and every parameter.
/// </summary>
public partial class RecurrentGoldenTests
{
    private static readonly int[] s_lengths = [2, 4, 3];

    public static TheoryData<string, string> Cases => Golden.Cases([.. s_rnn.Keys, .. s_lstm.Keys, .. s_gru.Keys]);

    [Theory, MemberData(nameof(Cases))]
    public void OutputsStatesAndGradients(string name, string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        bool full = name.EndsWith("full", StringComparison.Ordinal);
        double[][] row = (name.StartsWith('R') ? s_rnn : name.StartsWith('L') ? s_lstm : s_gru)[name];
        RecurrentLayer layer = Make(name, full);
        int k = 0;
        foreach (Parameter p in layer.Parameters) p.Assign(Numbers(p.Shape, k++, 0.6));
        Tensor x = Numbers([3, 4, 2], 0.5).RequireGradient(), h = Numbers([4, 3, 3], 2).RequireGradient(),
            c = Numbers([4, 3, 3], 3).RequireGradient();
        bool lstm = layer is Lstm;
        RecurrentState? start = !full ? null : new(h, lstm ? c : null);
        (Tensor y, RecurrentState last) = full ? layer.Run(x, start, s_lengths) : layer.Run(x);
        Tensor all = Tensor.Concatenate(0, [y.Reshape(-1), last.Hidden.Reshape(-1), .. lstm ? [last.Cell!.Reshape(-1)] : (Tensor[])[]]);
        Tensor[] with = [x, .. start is null ? [] : lstm ? [h, c] : (Tensor[])[h], .. layer.Parameters];
        Tensor weights = Tensor.From([.. Enumerable.Range(0, all.Count).Select(i => Math.Cos(i))]);
        double tolerance = device == "reference" ? 1e-8 : 3e-6;
        Golden.Close(row[0], all.ToDoubles(), tolerance, "output");
        foreach (bool composed in (bool[])[false, true])
        {
            Tensor[] gradients = Tensor.Gradients((all * weights).Sum(), with, keepGraph: composed);
            Assert.Equal(row.Length - 1, gradients.Length);
            for (int i = 0; i < gradients.Length; i++)
                Golden.Close(row[i + 1], gradients[i].ToDoubles(), tolerance, $"{(composed ? "differentiable " : "")}gradient {i}");
        }
    }

    [Fact]
    public void ParametersAreNamedAsInPyTorch()
    {
        Lstm layer = new(2, 3, new Generator(1), layers: 2, bidirectional: true);
        Assert.Equal(["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0",
            "weight_ih_l0_reverse", "weight_hh_l0_reverse", "bias_ih_l0_reverse", "bias_hh_l0_reverse",
            "weight_ih_l1", "weight_hh_l1", "bias_ih_l1", "bias_hh_l1",
            "weight_ih_l1_reverse", "weight_hh_l1_reverse", "bias_ih_l1_reverse", "bias_hh_l1_reverse"],
            layer.NamedParameters.Select(p => p.Name));
        Assert.Equal(["[12, 2]", "[12, 3]", "[12]", "[12]", "[12, 6]"],
            layer.Parameters.Where((_, i) => i is < 4 or 8).Select(p => p.Shape.ToString()));
        Assert.Equal([true, true, false, false], layer.Parameters.Take(4).Select(p => p.IsWeight));
    }

    private static RecurrentLayer Make(string name, bool full)
    {
        int layers = full ? 2 : 1;
        Generator generator = new(1);
        return name[0] switch
        {
            'L' => new Lstm(2, 3, generator, layers, full),
            'G' => new Gru(2, 3, generator, layers, full),
            _ => new Rnn(2, 3, generator, name.Contains("relu"), layers, full),
        };
    }

    private static Tensor Numbers(Shape shape, double from, double scale = 1) =>
        Tensor.From([.. Enumerable.Range(0, shape.Count).Select(i => scale * Math.Sin(i * 1.3 + from))], shape.Dims);
}
