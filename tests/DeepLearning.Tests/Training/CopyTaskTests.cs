namespace DeepLearning.Tests.Training;

/// <summary>
/// What an LSTM is for: five symbols kept over fifty blanks. Both networks have 64 hidden numbers, a dense layer behind them, and the same
/// training: 2000 batches of 32 new sequences, Adam, gradients clipped to norm 1, the loss at the five asked-for symbols, and a curriculum:
/// the blanks grow from 1 to 50 over the first 1000 batches. The LSTM begins with a forget bias of 1 and rate 0.01. The plain network may
/// choose the best of three rates.
/// </summary>
public class CopyTaskTests
{
    private const int Length = 5, Blanks = 50, Hidden = 64, Batches = 2000, Growing = 1000;

    [Fact]
    public void IsSolvedByAnLstmAndNotByAPlainRnn()
    {
        Generator generator = new(1);
        double lstm = Train(new Lstm(10, Hidden, generator, forgetBias: 1), 0.01);
        double rnn = ((double[])[0.01, 0.003, 0.001]).Max(rate => Train(new Rnn(10, Hidden, new Generator(1)), rate));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"copy task, {Length} symbols over {Blanks} blanks: LSTM {lstm:P1}, plain RNN {rnn:P1}, chance {1 / 8.0:P1} of the " +
            "symbols right");
        Assert.True(lstm >= 0.98, $"The LSTM has {lstm:P1} of the symbols right.");
        Assert.True(rnn <= 0.7, $"The plain network has {rnn:P1} of the symbols right, too.");
    }

    private static double Train(RecurrentLayer layer, double rate)
    {
        Generator data = new(2);
        Dense dense = new(Hidden, 9, new Generator(3));
        Parameter[] parameters = [.. layer.Parameters, .. dense.Parameters];
        Adam adam = new(parameters, rate);
        SparseCategoricalCrossEntropy loss = new(fromLogits: true);
        for (int batch = 1; batch <= Batches; batch++)
        {
            using IDisposable _ = Tensor.Scope();
            Dataset sequences = Datasets.CopyTask(32, data, Math.Min(Blanks, 1 + Blanks * batch / Growing), Length);
            adam.ClearGradients();
            loss.Forward(Answer(sequences.X), Asked(sequences.Y)).Backward();
            GradientClip.ByNorm(parameters, 1);
            adam.Step();
        }
        using IDisposable quiet = Tensor.NoGradient();
        Dataset test = Datasets.CopyTask(500, new Generator(4), Blanks, Length);
        return Tensor.Equal(Answer(test.X).ArgMax(), Asked(test.Y)).Mean().ToDouble();

        Tensor Answer(Tensor x) => dense.Forward(LastOf(layer.Forward(x)).Reshape(-1, Hidden));

        Tensor Asked(Tensor y) => LastOf(y).Reshape(-1);

        Tensor LastOf(Tensor sequence) => sequence.Slice(1, sequence.Shape[1] - Length, Length);
    }
}
