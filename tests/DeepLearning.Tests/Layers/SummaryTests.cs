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

    [Fact]
    public void FrozenParametersAreTold()
    {
        Sequential model = new(new Dense(3, 4, new Generator(1)), new Dense(4, 2, new Generator(2)));
        model[0].Freeze();
        Assert.Contains("26, 10 not frozen", model.Summary(3).ToString());
    }

    [Fact]
    public void ALayerOfYourOwnAndOneUsedTwiceAreCounted()
    {
        Dense shared = new(3, 3, new Generator(1), bias: false);
        ModelSummary summary = new Sequential(shared, new Tanh(), shared, new Scale()).Summary(5, 3);
        Assert.Equal(["0", "1", "3"], summary.Rows.Select(row => row.Name));
        Assert.Equal((2L * 5 * 9, 15), (summary.Rows[0].Arithmetic.MultiplyAdds, summary.Rows[0].Output!.Count));
        Assert.Equal((1, "1×3"), (summary.Rows[2].Output![0], summary.Rows[2].Arithmetic.Parameters));
        Assert.Contains("expected [N, 3]", Assert.Throws<ArgumentException>(() => shared.Summary(4)).Message);
    }

    [Fact]
    public void CompositeLayersAreTakenApart()
    {
        TransformerEncoderLayer block = new(8, 2, 16, new Generator(1));
        ModelSummary summary = block.Summary(5, 8);
        Assert.Equal(block.ParameterCount, summary.Rows.Sum(row => row.ParameterCount));
        Assert.Contains(summary.Rows, row => row is { Name: "linear1", ParameterCount: 8 * 16 + 16 });
        Assert.Contains(summary.Rows, row => row is { Name: "self_attn", ParameterCount: 3 * 64 + 24 });
        ModelSummary recurrent = new Lstm(3, 4, new Generator(1)).Summary(7, 3);
        Assert.Equal((16 * 3 + 16 * 4 + 32, 7L * (16 * 3 + 16 * 4)), (recurrent.ParameterCount, recurrent.MultiplyAdds));
    }

    private sealed class Scale : Layer
    {
        private readonly Parameter _factors = new("factors", Tensor.Ones(1, 3), isWeight: true);

        protected override IEnumerable<Parameter> OwnParameters => [_factors];

        protected override Tensor Compute(Tensor x) => x * _factors;
    }

    private static readonly Generator s_rng = new(1);

    // S3 "Conv 1 … Pool 2", syllabus E.1; its parameters are not asked for there.
    [Fact]
    public void TableE1()
    {
        Sequential model = new(new Conv2d(1, 16, 5, s_rng, padding: 2), new MaxPool2d(2), new Conv2d(16, 32, 5, s_rng, padding: 2),
            new MaxPool2d(2), new Flatten());
        Check(model, [1, 28, 28], """
               layer                          output                               parameters               multiply-adds
            ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
               input                          28×28×1
            0  Conv2d(1→16, 5×5, padding 2)   28×28×16  28 = (28 − 5 + 2×2)/1 + 1    416 = (5×5×1 + 1)×16    313600 = 28×28×16 × 5×5×1
            1  MaxPool2d(2×2)                 14×14×16  14 = (28 − 2)/2 + 1            0                          0
            2  Conv2d(16→32, 5×5, padding 2)  14×14×32  14 = (14 − 5 + 2×2)/1 + 1  12832 = (5×5×16 + 1)×32  2508800 = 14×14×32 × 5×5×16
            3  MaxPool2d(2×2)                 7×7×32    7 = (14 − 2)/2 + 1             0                          0
            4  Flatten()                      1568                                     0                          0
            ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
               total                                                               13248                    2822400

            """);
    }

    // S3 "Compute the output shape and number of parameters of each layer", syllabus E.2.
    [Fact]
    public void TableE2()
    {
        Sequential model = new(new Conv2d(1, 6, 5, s_rng), new AveragePool2d(2), new Conv2d(6, 16, 5, s_rng), new AveragePool2d(2),
            new Conv2d(16, 120, 5, s_rng), new Flatten(), new Dense(120, 84, s_rng), new Dense(84, 10, s_rng));
        Check(model, [1, 32, 32], """
               layer                output                         parameters                multiply-adds
            ──────────────────────────────────────────────────────────────────────────────────────────────────────────
               input                32×32×1
            0  Conv2d(1→6, 5×5)     28×28×6   28 = (32 − 5)/1 + 1    156 = (5×5×1 + 1)×6     117600 = 28×28×6 × 5×5×1
            1  AveragePool2d(2×2)   14×14×6   14 = (28 − 2)/2 + 1      0                          0
            2  Conv2d(6→16, 5×5)    10×10×16  10 = (14 − 5)/1 + 1   2416 = (5×5×6 + 1)×16    240000 = 10×10×16 × 5×5×6
            3  AveragePool2d(2×2)   5×5×16    5 = (10 − 2)/2 + 1       0                          0
            4  Conv2d(16→120, 5×5)  1×1×120   1 = (5 − 5)/1 + 1    48120 = (5×5×16 + 1)×120   48000 = 1×1×120 × 5×5×16
            5  Flatten()            120                                0                          0
            6  Dense(120→84)        84                             10164 = 120×84 + 84        10080 = 120×84
            7  Dense(84→10)         10                               850 = 84×10 + 10           840 = 84×10
            ──────────────────────────────────────────────────────────────────────────────────────────────────────────
               total                                               61706                     416520

            """);
    }

    // The next question there, syllabus E.3.
    [Fact]
    public void TableE3()
    {
        Sequential model = new(new Conv2d(3, 96, 11, s_rng, stride: 4, padding: Padding.Same), new MaxPool2d(2),
            new Conv2d(96, 256, 5, s_rng, padding: Padding.Same), new MaxPool2d(2), new Conv2d(256, 384, 3, s_rng, padding: Padding.Same),
            new Flatten(), new Dense(1536, 84, s_rng), new Dense(84, 10, s_rng));
        Check(model, [3, 32, 32], """
               layer                                        output                                         parameters                  multiply-adds
            ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
               input                                        32×32×3
            0  Conv2d(3→96, 11×11, stride 4, padding same)  8×8×96   8 = ⌊(32 − 11 + 2×5)/4 + 1⌋ = ⌊8.75⌋   34944 = (11×11×3 + 1)×96   2230272 = 8×8×96 × 11×11×3
            1  MaxPool2d(2×2)                               4×4×96   4 = (8 − 2)/2 + 1                          0                            0
            2  Conv2d(96→256, 5×5, padding same)            4×4×256  4 = (4 − 5 + 2×2)/1 + 1               614656 = (5×5×96 + 1)×256   9830400 = 4×4×256 × 5×5×96
            3  MaxPool2d(2×2)                               2×2×256  2 = (4 − 2)/2 + 1                          0                            0
            4  Conv2d(256→384, 3×3, padding same)           2×2×384  2 = (2 − 3 + 2×1)/1 + 1               885120 = (3×3×256 + 1)×384  3538944 = 2×2×384 × 3×3×256
            5  Flatten()                                    1536                                                0                            0
            6  Dense(1536→84)                               84                                             129108 = 1536×84 + 84        129024 = 1536×84
            7  Dense(84→10)                                 10                                                850 = 84×10 + 10             840 = 84×10
            ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
               total                                                                                       1664678                     15729480

            """);
    }

    // S3: five 3 × 3 filters on a colour image have 140 parameters, 128 → 64 fully connected 8256.
    [Fact]
    public void OtherCountsOfTheNotes()
    {
        Assert.Equal((140, "(3×3×3 + 1)×5"), Counted(new Conv2d(3, 5, 3, s_rng), 3, 8, 8));
        Assert.Equal((8256, "128×64 + 64"), Counted(new Dense(128, 64, s_rng), 128));

        static (int, string) Counted(Layer layer, params ReadOnlySpan<int> input)
        {
            SummaryRow row = layer.Summary(input).Rows.Single();
            return (row.ParameterCount, row.Arithmetic.Parameters);
        }
    }

    private static void Check(Layer model, int[] input, string expected)
    {
        string actual = model.Summary(input).ToString();
        TestContext.Current.TestOutputHelper?.WriteLine(actual);
        Assert.Equal(expected, actual);
    }
}
