namespace DeepLearning.Tests.Layers;

/// <summary><c>model.To(device)</c> is all that has to be said: data, targets and masks follow.</summary>
public class MovedLayerTests
{
    private static readonly Tensor s_x = Tensor.Normal(new Generator(5), 0, 1, 6, 3).Keep(), s_y = Tensor.From([0, 1, 1, 0, 2, 2]).Keep();

    private static Sequential Net() => new(new Dense(3, 5, new Generator(1), bias: false), new BatchNorm1d(5), new Tanh(),
        new Dropout(0.3, new Generator(2)), new Dense(5, 3, new Generator(3)));

    [Fact]
    public void ALoopWrittenByHandRunsOnAnotherDevice()
    {
        double[] here = Train(Net()), there = Train(Moved(Net()));
        Golden.Close(here, there, 1e-5);

        static double[] Train(Layer model)
        {
            Optimizer optimizer = new Adam(model.Parameters, 0.01);
            SparseCategoricalCrossEntropy loss = new(fromLogits: true);
            for (int step = 0; step < 5; step++)
            {
                using TensorScope _ = Tensor.Scope();
                optimizer.ClearGradients();
                loss.Forward(model.Forward(s_x), s_y).Backward();
                optimizer.Step();
            }
            return [.. model.NamedState.SelectMany(named => named.Tensor.ToDoubles()), Metric.Accuracy.Measure(model.Forward(s_x), s_y)];
        }
    }

    private static Layer Moved(Layer model) => model.To(Device.Reference);

    [Fact]
    public void TheOutputIsWhereTheModelIsAndFollowsItBack()
    {
        Layer model = Moved(Net());
        Assert.Same(Device.Reference, model.Forward(s_x).Device);
        Assert.Same(Device.Reference, model.Forward(s_x.To(Device.Reference)).Device);
        Assert.Same(Device.Cpu, model.To(Device.Cpu).Forward(s_x.To(Device.Reference)).Device);
        Assert.Same(Device.Cpu, Device.Current);
    }

    [Fact]
    public void AGradientFindsTheWayBack()
    {
        Layer model = Moved(new Sequential(new Dense(3, 4, new Generator(1)), new Tanh()));
        Tensor x = s_x.Detach().RequireGradient(), same = s_x.To(Device.Reference).RequireGradient();
        model.Forward(x).Square().Sum().Backward();
        model.Forward(same).Square().Sum().Backward();
        Assert.Same(Device.Cpu, x.Gradient!.Device);
        Golden.Close(same.Gradient!.ToDoubles(), x.Gradient.ToDoubles(), 1e-6);
        Tensor slope = Tensor.Gradients(model.Forward(x).Sum(), [x], keepGraph: true)[0];
        Assert.True(Tensor.Gradients(slope.Square().Sum(), [x])[0].Norm().ToDouble() > 0);
    }

    [Fact]
    public void TensorsThatALayerMakesAreMadeThere() => Assert.Same(Device.Reference, Moved(new Noisy()).Forward(s_x).Device);

    private sealed class Noisy : Layer
    {
        private readonly Dense _dense = new(3, 2, new Generator(1));

        public override IEnumerable<(string Name, Layer Layer)> Children => [("dense", _dense)];

        protected override Tensor Compute(Tensor x) =>
            _dense.Forward(x) + Tensor.Normal(new Generator(2), 0, 1, x.Shape[0], 2) * Tensor.Ones(2);
    }

    [Fact]
    public void MasksLengthsAndLabelsFollowToo()
    {
        Generator g = new(1);
        Tensor x = Tensor.Normal(g, 0, 1, 2, 4, 6), padding = Tensor.From([0, 0, 1, 1, 0, 0, 0, 1], 2, 4);
        TransformerEncoderLayer block = new(6, 2, 8, g, dropout: 0);
        TransformerEncoder stack = new(2, 6, 2, 8, g, dropout: 0);
        TransformerDecoderLayer decoder = new(6, 2, 8, g, dropout: 0);
        MultiHeadAttention attention = new(6, 2, g, dropout: 0);
        Gru gru = new(6, 3, g);
        Layer[] all = [block, stack, decoder, attention, gru];
        double[] here = Run();
        foreach (Layer layer in all) layer.To(Device.Reference);
        Golden.Close(here, Run(), 1e-5);

        double[] Run() =>
        [
            .. block.Encode(x, Attention.CausalMask(4), padding).ToDoubles(), .. stack.Encode(x, padding: padding).ToDoubles(),
            .. decoder.Decode(x, block.Encode(x), padding: padding, memoryPadding: padding).ToDoubles(),
            .. attention.Attend(x, x, x, keyPadding: padding).ToDoubles(),
            .. attention.AttendWithWeights(x, x, x, Attention.CausalMask(4)).Weights.ToDoubles(),
            .. gru.Run(x, null, [3, 4]).Output.ToDoubles(),
        ];
    }

    [Fact]
    public void LossesOfPairsBringTheirLabels()
    {
        Tensor a = Tensor.Normal(new Generator(1), 0, 1, 3, 4), b = Tensor.Normal(new Generator(2), 0, 1, 3, 4),
            labels = Tensor.From([1, 0, 1]);
        Tensor a2 = a.To(Device.Reference), b2 = b.To(Device.Reference);
        Assert.Equal(new Contrastive().Forward(a, b, labels).ToDouble(), new Contrastive().Forward(a2, b2, labels).ToDouble(), 1e-5);
        Assert.Equal(new CosineEmbedding().Forward(a, b, 2 * labels - 1).ToDouble(),
            new CosineEmbedding().Forward(a2, b2, 2 * labels - 1).ToDouble(), 1e-5);
        Assert.Same(Device.Reference, new GaussianNegativeLogLikelihood().Forward(a2, b2.Square(), a).Device);
        Assert.Same(Device.Reference, new GradientPenalty().Forward(x => x.Square().Sum(1), a, b2, new Generator(1)).Device);
    }
}
