namespace DeepLearning.Tests.Layers;

public class SummaryTests
{
    [Fact]
    public void ATableOfDenseLayers()
    {
        Sequential model = new(new Dense(3, 4, new Generator(1)), new Relu(), new Dense(4, 2, new Generator(2)));
        ModelSummary summary = model.Summary(3);
        Assert.Equal((26, 20L), (summary.ParameterCount, summary.MultiplyAdds));
        Assert.Equal("""
               layer       output  parameters    multiply-adds
            ──────────────────────────────────────────────────
               input       3
            0  Dense(3→4)  4       16 = 3×4 + 4  12 = 3×4
            1  Relu()      4        0             0
            2  Dense(4→2)  2       10 = 4×2 + 2   8 = 4×2
            ──────────────────────────────────────────────────
               total               26            20

            """, summary.ToString());
    }
}
