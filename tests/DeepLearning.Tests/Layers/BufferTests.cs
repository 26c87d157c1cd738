using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Layers;

/// <summary>What a layer keeps besides parameters: named, moved, saved and given back with it.</summary>
public sealed class BufferTests : IDisposable
{
    // Passes its input on and remembers the mean of the last one it saw in training.
    private sealed class Remembering : Layer
    {
        private readonly LayerBuffer _mean = new("running_mean", Tensor.Zeros(2));

        protected override IEnumerable<LayerBuffer> OwnBuffers => [_mean];

        protected override Tensor Compute(Tensor x)
        {
            if (IsTraining) _mean.Assign(x.Detach().Mean(0));
            return x;
        }
    }

    private readonly string _folder = Directory.CreateTempSubdirectory("buffers").FullName;

    private string At(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Sequential Net() => new(new Dense(2, 2, new Generator(1)), new Sequential(new Remembering()));

    private static float[] Mean(Layer model) => model.NamedBuffers.Single().Buffer.ToArray();

    [Fact]
    public void AreNamedBesideTheParametersAndNotTrained()
    {
        Sequential model = Net();
        Assert.Equal(["1.0.running_mean"], model.NamedBuffers.Select(named => named.Name));
        Assert.Equal(["0.weight", "0.bias", "1.0.running_mean"], model.NamedState.Select(named => named.Name));
        Assert.Equal(6, model.ParameterCount);
        Assert.False(model.NamedBuffers.Single().Buffer.RequiresGradient);
    }

    [Fact]
    public void OutliveTheScopeTheyWereMadeIn()
    {
        Sequential model;
        using (Tensor.Scope())
        {
            model = Net();
            model.Forward(Tensor.Ones(3, 2));
        }
        Assert.Equal(model[0].Forward(Tensor.Ones(1, 2)).ToArray(), Mean(model));
    }

    [Fact]
    public void MoveToADevice()
    {
        Sequential model = Net();
        model.Forward(Tensor.Ones(3, 2));
        float[] before = Mean(model);
        model.To(Device.Reference);
        Assert.Same(Device.Reference, model.NamedBuffers.Single().Buffer.Device);
        Assert.Equal(before, Mean(model));
    }

    [Fact]
    public void AreSavedAndLoaded()
    {
        Sequential model = Net(), other = Net();
        model.Forward(Tensor.Ones(3, 2));
        model.Save(At("model.safetensors"));
        other.Load(At("model.safetensors"));
        Assert.Equal(Mean(model), Mean(other));
        Assert.NotEqual(0, Mean(other)[0]);
    }

    [Fact]
    public void AFileMustHaveThemButMayCountBatchesToo()
    {
        Sequential model = Net();
        var state = model.NamedState.Select(named => KeyValuePair.Create(named.Name, named.Tensor)).ToList();
        SafeTensors.Write(At("counted.safetensors"), [.. state, new("1.0.num_batches_tracked", Tensor.Scalar(7))]);
        model.Load(At("counted.safetensors"));
        SafeTensors.Write(At("without.safetensors"), state[..2]);
        Assert.Contains("has no '1.0.running_mean', which the model needs",
            Assert.Throws<InvalidDataException>(() => model.Load(At("without.safetensors"))).Message);
    }

    [Fact]
    public void EarlyStoppingAndCheckpointsGiveThemBackAsTheyWereAtTheBest()
    {
        Sequential model = Net(), saved = Net();
        List<float[]> byEpoch = [];
        EarlyStopping stopping = new(patience: 2);
        Trainer trainer = new(model, (p, _) => p.Square().Mean() * 0 + model.Parameters.First().Sum(), new Sgd(model.Parameters, 1e-3))
        {
            Progress = null,
            Callbacks =
            [
                Callback.EachStep((run, _) => model.Parameters.First().Assign(Tensor.Full(run.Epoch == 3 ? 0 : run.Epoch, 2, 2))),
                Callback.EachEpoch((_, _) => byEpoch.Add(Mean(model))),
                stopping, new Checkpoint(At("best.safetensors")),
            ],
        };
        trainer.Fit(Problems.Batches(Problems.Blobs(64)), 6, Problems.Blobs(32));
        saved.Load(At("best.safetensors"));
        Assert.Equal((3, 5), (stopping.BestEpoch, byEpoch.Count));
        Assert.Equal(byEpoch[2], Mean(model));
        Assert.Equal(byEpoch[2], Mean(saved));
        Assert.NotEqual(byEpoch[4], Mean(model));
    }
}
