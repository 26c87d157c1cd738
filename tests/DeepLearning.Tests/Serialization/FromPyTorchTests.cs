namespace DeepLearning.Tests.Serialization;

/// <summary>
/// A file that PyTorch 1.13 wrote, with buffers, a count of batches as a 64-bit integer, and names of every nesting; the program is
/// <code>
/// import json, struct, torch; from torch import nn
/// torch.manual_seed(0)
/// m = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Tanh(), nn.utils.spectral_norm(nn.Linear(4, 8)), nn.Unflatten(1, (2, 4)),
///     nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 5, dropout=0.1, norm_first=True, batch_first=True), 1, nn.LayerNorm(4)))
/// o = torch.optim.SGD(m.parameters(), 0.1)
/// for i in range(3): o.zero_grad(); m(torch.randn(8, 3)).square().sum().mul(0.01).backward(); o.step()
/// kinds = {torch.float32: 'F32', torch.int64: 'I64'}
/// h, data = {'__metadata__': {'format': 'pt'}}, b''
/// for name, t in m.state_dict().items():
///     b = t.contiguous().numpy().tobytes(); offsets = [len(data), len(data) + len(b)]; data += b
///     h[name] = {'dtype': kinds[t.dtype], 'shape': list(t.shape), 'data_offsets': offsets}
/// h = json.dumps(h).encode(); h += b' ' * (-len(h) % 8)
/// open('pytorch.safetensors', 'wb').write(struct.pack('&lt;Q', len(h)) + h + data)
/// print(m.eval()(torch.sin(torch.arange(6.0)).reshape(2, 3)).flatten().tolist())
/// </code>
/// </summary>
public sealed class FromPyTorchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pytorch").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Sequential Net(ulong seed)
    {
        Generator generator = new(seed);
        return new(new Dense(3, 4, generator), new BatchNorm1d(4), new Tanh(), new SpectralNorm(new Dense(4, 8, generator), generator),
            new Reshape(2, 4), new TransformerEncoder(1, 4, 2, 5, generator, dropout: 0.1, normFirst: true));
    }

    private static double[] Evaluated(Sequential model)
    {
        model.EvaluationMode();
        return model.Forward(Tensor.From([.. Enumerable.Range(0, 6).Select(i => Math.Sin(i))], 2, 3)).ToDoubles();
    }

    [Fact]
    public void ItsModelComputesTheSameHere()
    {
        string path = Path.Combine(_folder, "pytorch.safetensors");
        using (Stream resource = typeof(FromPyTorchTests).Assembly.GetManifestResourceStream("pytorch.safetensors")!)
        using (FileStream file = File.Create(path))
            resource.CopyTo(file);
        Sequential model = Net(1), again = Net(2);
        model.Load(path);
        Golden.Close([-1.0070199967, -0.7070963979, 1.1366158724, 0.4237720072, -0.02844240144, -1.192589879, 1.221849918,
            -0.1833652109, -0.9887682796, 0.2327940166, -0.573073864, 1.444221973, 1.164845943, -1.412513018, 0.2954266667, -0.09901459515],
            Evaluated(model), 2e-6);
        string ours = Path.Combine(_folder, "ours.safetensors");
        model.Save(ours);
        again.Load(ours);
        Assert.Equal(Evaluated(model), Evaluated(again));
        Assert.Equal(SafeTensors.Read(path).Keys.Where(name => !name.EndsWith("num_batches_tracked")).Order(),
            SafeTensors.Read(ours).Keys.Order());
    }
}
