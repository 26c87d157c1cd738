using System.Collections.Immutable;

namespace DeepLearning.Tests.Layers;

/// <summary>A layer that does not list what it holds says so; one that has a reason may say that.</summary>
public class ListingTests
{
    private static Dense Inner() => new(2, 2, new Generator(1));

    private static Parameter Weight() => new("scale", Tensor.Ones(2), isWeight: true);

    private abstract class Passing : Layer
    {
        protected override Tensor Compute(Tensor x) => x;
    }

    private sealed class InAField : Passing
    {
        private readonly Dense _output = Inner();

        protected override Tensor Compute(Tensor x) => _output.Forward(x);
    }

    private sealed class InAProperty : Passing
    {
        public Parameter Scale { get; } = Weight();
    }

    private sealed class AsATensor : Passing
    {
        public readonly Tensor Scale = Weight();
    }

    private sealed class InABuffer : Passing
    {
        public readonly LayerBuffer Mean = new("mean", Tensor.Zeros(2));
    }

    private abstract class Holding : Passing
    {
        private readonly Layer _hidden = Inner();

        protected override Tensor Compute(Tensor x) => _hidden.Forward(x);
    }

    private sealed class InABaseClass : Holding
    {
        private readonly Dense _listed = Inner();

        public override IEnumerable<(string Name, Layer Layer)> Children => [("listed", _listed)];
    }

    private sealed class InAParameter(Layer layer) : Passing
    {
        protected override Tensor Compute(Tensor x) => layer.Forward(x);
    }

    private sealed class Anywhere(object held) : Passing
    {
        public object Held => held;
    }

    private sealed class ListsTwoOfThree : Passing
    {
        private readonly Layer[] _blocks = [Inner(), Inner(), Inner()];

        public override IEnumerable<(string Name, Layer Layer)> Children => _blocks.Take(2).Select((block, i) => ($"{i}", block));
    }

    private sealed record Block(Dense First, Parameter Second);

    public static TheoryData<string, Func<Layer>> Forgetful => new()
    {
        { "InAField holds a Dense in its field '_output' and does not list it, so that it would be neither trained nor moved nor saved, " +
            "nor switched to evaluation; add it to Children, or to Borrowed if something else owns it.", () => new InAField() },
        { "InAProperty holds a parameter 'scale' [2] in its property 'Scale' and does not list it, so that it would be neither trained " +
            "nor moved nor saved; add it to OwnParameters", () => new InAProperty() },
        { "AsATensor holds a parameter 'scale' [2] in its field 'Scale'", () => new AsATensor() },
        { "InABuffer holds a buffer 'mean' [2] in its field 'Mean' and does not list it, so that it would be neither moved nor saved; " +
            "add it to OwnBuffers",
            () => new InABuffer() },
        { "InABaseClass holds a Dense in its field '_hidden'", () => new InABaseClass() },
        { "InAParameter holds a Dense in its parameter 'layer'", () => new InAParameter(Inner()) },
        { "ListsTwoOfThree holds a Dense in its field '_blocks[2]'", () => new ListsTwoOfThree() },
        { "Anywhere holds a Dense in its parameter 'held[1]'", () => new Anywhere(new List<Layer?> { null, Inner() }) },
        { "Anywhere holds a Dense in its parameter 'held[key]'", () => new Anywhere(new Dictionary<string, Layer> { ["key"] = Inner() }) },
        { "Anywhere holds a parameter 'scale' [2] in its parameter 'held.Item2'", () => new Anywhere((1, Weight())) },
        { "Anywhere holds a Dense in its parameter 'held.", () => new Anywhere(Tuple.Create(Inner(), "name")) },
        { "Anywhere holds a Dense in its parameter 'held[0][1]'", () => new Anywhere(new[] { new Layer?[] { null, Inner() } }) },
        { "Anywhere holds a Dense in its parameter 'held[0]'", () => new Anywhere(new HashSet<Layer> { Inner() }) },
        { "Anywhere holds a Dense in its parameter 'held.", () => new Anywhere(ImmutableArray.Create<Layer>(Inner())) },
        { "Anywhere holds a Dense in its parameter 'held[0].", () => new Anywhere(new List<Block> { new(Inner(), Weight()) }) },
        { "InAField holds a Dense in its field '_output'", () => new Sequential(Inner(), new Residual(new InAField())) },
    };

    [Theory, MemberData(nameof(Forgetful), DisableDiscoveryEnumeration = true)]
    public void WhatIsForgottenIsNamed(string message, Func<Layer> make)
    {
        Action<Layer>[] uses =
        [
            layer => _ = layer.Parameters, layer => _ = layer.NamedBuffers, layer => layer.To(Device.Cpu), layer => layer.EvaluationMode(),
            layer => layer.Predict(Tensor.Ones(1, 2)), layer => layer.Save(Path.Combine(Path.GetTempPath(), "never written")),
            layer => _ = layer.ParameterCount, layer => _ = layer.Summary(2),
            layer => _ = new Trainer(layer, new MeanSquaredError(), new Sgd(Inner().Parameters)),
        ];
        foreach (Action<Layer> use in uses) Assert.StartsWith(message, Assert.Throws<InvalidOperationException>(() => use(make())).Message);
    }

    private sealed class Growing : Passing
    {
        public List<Layer> Blocks { get; } = [];
    }

    [Fact]
    public void WhatIsAddedAfterAFirstLookIsFoundWhereItMatters()
    {
        Growing layer = new();
        Assert.Empty(layer.Parameters);
        layer.Blocks.Add(Inner());
        Assert.Throws<InvalidOperationException>(() => layer.To(Device.Cpu));
        Assert.Throws<InvalidOperationException>(() => layer.Save(Path.Combine(Path.GetTempPath(), "never written")));
    }

    private sealed class Student(Layer teacher, Parameter tied) : Passing
    {
        private readonly Dense _own = Inner();

        public override IEnumerable<(string Name, Layer Layer)> Children => [("own", _own)];

        protected override IEnumerable<object> Borrowed => [teacher, tied];

        protected override Tensor Compute(Tensor x) => _own.Forward(x) + teacher.Forward(x) * tied;
    }

    [Fact]
    public void WhatIsBorrowedIsLeftAlone()
    {
        Sequential teacher = new(Inner(), new Dropout(0.5, new Generator(1)));
        Student student = new(teacher, Weight());
        Assert.Equal(["own.weight", "own.bias"], student.NamedParameters.Select(named => named.Name));
        student.EvaluationMode();
        Assert.True(teacher.IsTraining);
    }

    [Fact]
    public void AParameterOfALayerWithinMayBeHeldAsWell()
    {
        SpectralNorm norm = new(Inner(), new Generator(1));
        Assert.Equal(2, new Sequential(norm, new GradientReversal(), norm).Parameters.Count());
    }

    [Fact]
    public void WhatAFunctionUsesIsFoundByTraining()
    {
        Dense hidden = Inner();
        Sequential model = new(Inner(), new Lambda(x => hidden.Forward(x)));
        Assert.Equal(2, model.Parameters.Count());
        Tensor x = Tensor.Ones(4, 2), y = Tensor.Zeros(4, 2);
        float[] before = hidden.Weight.ToArray();
        Assert.StartsWith("The model's output depends on a parameter 'weight' [2, 2] that no layer of it lists",
            Assert.Throws<InvalidOperationException>(() => Of(model).Fit(x, y, 1)).Message);
        hidden.Freeze();
        Of(model).Fit(x, y, 1);
        Assert.Equal(before, hidden.Weight.ToArray());

        Sequential tied = new(Inner(), new Lambda(h => h.MatMul(((Dense)model[0]).Weight.Permute(1, 0))), model[0]);
        Of(tied).Fit(x, y, 1);
        Of(new Sequential(new Student(new Sequential(Inner()), Weight()))).Fit(x, y, 1);

        static Trainer Of(Layer model) => new(model, new MeanSquaredError(), new Sgd(model.Parameters, 0.1)) { Progress = null };
    }
}
