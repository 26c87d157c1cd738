namespace DeepLearning.Tests.Layers;

public class HookTests
{
    private static Sequential Net() => new(new Dense(2, 3, new Generator(1)), new Tanh(), new Dense(3, 1, new Generator(2)));

    private static readonly double[] s_input = [0.5, -1, 2, 0.25];

    [Fact]
    public void ActivationsAreSeenAndUnchanged()
    {
        Sequential model = Net();
        Tensor x = Tensor.From(s_input, 2, 2);
        float[] plain = model.Forward(x).ToArray();
        List<string> seen = [];
        Tensor? z = null, a = null;
        using (model[0].OnForward((layer, _, y) =>
        {
            z = y;
            seen.Add($"{layer}");
        }))
        using (model[1].OnForward((layer, input, y) =>
        {
            Assert.Same(z, input);
            a = y;
            seen.Add($"{layer}");
        }))
        {
            Assert.Equal(plain, model.Forward(x).ToArray());
        }
        Assert.Equal(["Dense(2→3)", "Tanh()"], seen);
        Assert.Equal(z!.Tanh().ToArray(), a!.ToArray());
        model.Forward(x);
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void GradientsAreSeenAndUnchanged()
    {
        Sequential model = Net(), twin = Net();
        Tensor x = Tensor.From(s_input, 2, 2);
        List<Tensor> seen = [];
        using (model[0].OnBackward((_, gradient) => seen.Add(gradient.Clone())))
        using (model[2].OnBackward((_, gradient) => seen.Add(gradient.Clone())))
            model.Forward(x).Sum().Backward();
        twin.Forward(x).Sum().Backward();
        Assert.Equal(twin.Parameters.Select(p => p.Gradient!.ToArray()), model.Parameters.Select(p => p.Gradient!.ToArray()));
        Assert.Equal([1, 1], seen[0].ToArray());

        // ∂loss/∂z = W₂ᵀ ⊙ tanh′(z)
        Tensor z = twin[0].Forward(x), expected = (1 - z.Tanh().Square()) * ((Dense)twin[2]).Weight;
        foreach ((float e, float g) in expected.ToArray().Zip(seen[1].ToArray())) Assert.Equal(e, g, 5);
    }

    [Fact]
    public void ARecurrentLayerIsSeenWhenItIsRunWithItsState()
    {
        Lstm lstm = new(2, 3, new Generator(1));
        List<Shape> seen = [];
        Tensor x = Tensor.Normal(new Generator(2), 0, 1, 2, 4, 2);
        using (lstm.OnForward((_, input, output) => seen.AddRange([input.Shape, output.Shape])))
        using (lstm.OnBackward((_, gradient) => seen.Add(gradient.Shape)))
            lstm.Run(x).Output.Sum().Backward();
        Assert.Equal([new Shape(2, 4, 2), new Shape(2, 4, 3), new Shape(2, 4, 3)], seen);
        Assert.Equal(4 * (12 * 2 + 12 * 3), new LastState(lstm).Summary(4, 2).MultiplyAdds);
    }

    [Fact]
    public void AttentionWithWeightsIsSeen()
    {
        MultiHeadAttention attention = new(4, 2, new Generator(1));
        Tensor x = Tensor.Ones(1, 3, 4);
        int calls = 0;
        using (attention.OnForward((_, _, _) => calls++)) attention.AttendWithWeights(x, x, x);
        Assert.Equal(1, calls);
    }

    private sealed class LastState(Lstm lstm) : Layer
    {
        public override IEnumerable<(string Name, Layer Layer)> Children => [("lstm", lstm)];

        protected override Tensor Compute(Tensor x) => lstm.Run(x).State.Hidden.Select(0, 0);
    }

    [Fact]
    public void EachHookEndsByItself()
    {
        Dense layer = new(2, 1, new Generator(1));
        int calls = 0;
        void Count(Layer l, Tensor x, Tensor y) => calls++;
        IDisposable first = layer.OnForward(Count), second = layer.OnForward(Count);
        layer.Forward(Tensor.Ones(1, 2));
        Assert.Equal(2, calls);
        first.Dispose();
        first.Dispose();
        layer.Forward(Tensor.Ones(1, 2));
        Assert.Equal(3, calls);
        second.Dispose();
        layer.Forward(Tensor.Ones(1, 2));
        Assert.Equal(3, calls);
    }
}
