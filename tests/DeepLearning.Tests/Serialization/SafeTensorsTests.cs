using System.Buffers.Binary;
using System.Text;

namespace DeepLearning.Tests.Serialization;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("safetensors").FullName;

    private string At(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Sequential Net(ulong seed, int hidden = 3) =>
        new(new Dense(2, hidden, new Generator(seed)), new Tanh(), new Dense(hidden, 1, new Generator(seed)));

    [Fact]
    public void AModelComesBackBitForBit()
    {
        Sequential saved = Net(1), loaded = Net(2);
        saved.Save(At("deep/model.safetensors"));
        loaded.Load(At("deep/model.safetensors"));
        Assert.Equal(saved.Parameters.SelectMany(p => p.ToArray()), loaded.Parameters.SelectMany(p => p.ToArray()));
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], SafeTensors.Read(At("deep/model.safetensors")).Keys);
    }

    [Fact]
    public void AModelInDoublePrecisionKeepsItsDigits()
    {
        Sequential saved = Net(1), loaded = Net(2), single = Net(3);
        saved.To(Device.Reference);
        foreach (Parameter p in saved.Parameters) p.Assign(p / 3);
        loaded.To(Device.Reference);
        saved.Save(At("double.safetensors"));
        single.Load(At("double.safetensors"));
        Assert.Equal(saved.Parameters.SelectMany(p => p.ToArray()), single.Parameters.SelectMany(p => p.ToArray()));
        loaded.Load(At("double.safetensors"));
        Assert.Equal(saved.Parameters.SelectMany(p => p.ToDoubles()), loaded.Parameters.SelectMany(p => p.ToDoubles()));
    }

    /// <summary>
    /// The same bytes, taken apart by Python without any package:
    /// <code>
    /// import json, struct
    /// b = open('two.safetensors', 'rb').read(); n = struct.unpack('&lt;Q', b[:8])[0]; h = json.loads(b[8:8+n]); print(n % 8, h)
    /// numbers = lambda o: struct.unpack(f'&lt;{(o[1] - o[0]) // 4}f', b[8+n:][slice(*o)])
    /// print({k: numbers(v["data_offsets"]) for k, v in h.items() if k[0] != '_'})
    /// # 0 {'__metadata__': {'format': 'pt'}, 'w': {'dtype': 'F32', 'shape': [2, 2], 'data_offsets': [0, 16]},
    /// #    'b': {'dtype': 'F32', 'shape': [], 'data_offsets': [16, 20]}}
    /// # {'w': (1.0, -2.0, 0.5, 3.0), 'b': (7.0,)}
    /// </code>
    /// </summary>
    [Fact]
    public void TheBytesAreTheFormats()
    {
        SafeTensors.Write(At("two.safetensors"), [new("w", Tensor.From([1.0, -2, 0.5, 3], 2, 2)), new("b", Tensor.Scalar(7))]);
        byte[] bytes = File.ReadAllBytes(At("two.safetensors"));
        int n = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, n % 8);
        Assert.Equal(
            """{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}"""
            + ""","b":{"dtype":"F32","shape":[],"data_offsets":[16,20]}}""",
            Encoding.UTF8.GetString(bytes, 8, n).TrimEnd(' '));
        Assert.Equal([1, -2, 0.5f, 3, 7],
            Enumerable.Range(0, 5).Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + n + 4 * i))));
    }

    // import struct, json; h = json.dumps({...}).encode();
    // open(...).write(struct.pack('<Q', len(h)) + h + data), as torch's own writer lays it out.
    private string FileOf(string header, params byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        string path = At($"{Guid.NewGuid()}.safetensors");
        File.WriteAllBytes(path, [.. length, .. text, .. data]);
        return path;
    }

    [Theory]
    [InlineData("F64", "AAAAAAAA+L8=", -1.5)]
    [InlineData("F32", "AADAvw==", -1.5)]
    [InlineData("F16", "AL4=", -1.5)]      // torch.tensor(-1.5, dtype=torch.float16)
    [InlineData("BF16", "wL8=", -1.5)]     // torch.tensor(-1.5, dtype=torch.bfloat16)
    [InlineData("I64", "/v////////8=", -2)]
    [InlineData("I16", "1P4=", -300)]
    [InlineData("I8", "nA==", -100)]
    [InlineData("U64", "AAAAAAABAAA=", 1099511627776)]
    [InlineData("U32", "AChr7g==", 4000000000)]
    [InlineData("U16", "YOo=", 60000)]
    [InlineData("U8", "yA==", 200)]
    [InlineData("BOOL", "AQ==", 1)]
    [InlineData("I32", "/v///w==", -2)]
    public void OtherTypesAreRead(string type, string base64, double value)
    {
        byte[] data = Convert.FromBase64String(base64);
        string path = FileOf($$$"""{"x":{"dtype":"{{{type}}}","shape":[1],"data_offsets":[0,{{{data.Length}}}]}}""", data);
        Assert.Equal(value, SafeTensors.Read(path)["x"].ToDouble());
    }

    [Fact]
    public void AFileCutOffAnywhereSaysSo()
    {
        string whole = At("whole.safetensors"), cut = At("cut.safetensors");
        Net(1).Save(whole);
        byte[] bytes = File.ReadAllBytes(whole);
        Sequential model = Net(2);
        float[] before = [.. model.Parameters.SelectMany(p => p.ToArray())];
        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(cut, bytes[..length]);
            Assert.Contains("is cut off", Assert.Throws<InvalidDataException>(() => model.Load(cut)).Message);
        }
        Assert.Equal(before, model.Parameters.SelectMany(p => p.ToArray()));
    }

    [Theory]
    [InlineData("not json at all", "header cannot be understood")]
    [InlineData("[1, 2]", "header cannot be understood")]
    [InlineData("""{"x": {"shape": [1]}}""", "header cannot be understood")]
    [InlineData("""{"x": {"dtype": "F32", "shape": [1], "data_offsets": [0]}}""", "header cannot be understood")]
    [InlineData("""{"x": {"dtype": "F32", "shape": [1], "data_offsets": [9223372036854775800, 9223372036854775804]}}""",
        "header cannot be understood")]
    [InlineData("""{"x": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}""", "header cannot be understood")]
    [InlineData("""{"x": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}""", "'x' [2] takes 8 bytes, its offsets are 0 to 4")]
    [InlineData("""{"x": {"dtype": "F32", "shape": [1], "data_offsets": [-4, 0]}}""", "is damaged")]
    [InlineData("""{"x": {"dtype": "Q4", "shape": [1], "data_offsets": [0, 4]}}""", "holds 'x' as Q4")]
    public void ADamagedFileSaysHow(string header, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => SafeTensors.Read(FileOf(header, 0, 0, 0, 0))).Message);

    [Fact]
    public void AFileOfAnotherKindSaysSo()
    {
        File.WriteAllText(At("readme.txt"), "This is certainly not a file of tensors.");
        Assert.Contains("does not begin with a header's length",
            Assert.Throws<InvalidDataException>(() => SafeTensors.Read(At("readme.txt"))).Message);
    }

    [Fact]
    public void AnotherModelsFileIsRefusedAndTheModelUnchanged()
    {
        Net(1).Save(At("m.safetensors"));
        Sequential wider = Net(2, hidden: 4), shallower = new(new Dense(2, 3, new Generator(1)));
        Assert.Contains("'0.weight' of shape [3, 2], the model's is [4, 2]",
            Assert.Throws<InvalidDataException>(() => wider.Load(At("m.safetensors"))).Message);
        Assert.Contains("has '2.weight', which the model does not",
            Assert.Throws<InvalidDataException>(() => shallower.Load(At("m.safetensors"))).Message);
        shallower.Save(At("s.safetensors"));
        Sequential model = Net(5);
        float[] before = [.. model.Parameters.SelectMany(p => p.ToArray())];
        Assert.Contains("has no '2.weight', which the model needs",
            Assert.Throws<InvalidDataException>(() => model.Load(At("s.safetensors"))).Message);
        Assert.Equal(before, model.Parameters.SelectMany(p => p.ToArray()));
    }

    [Fact]
    public void AWriteThatFailsLeavesTheOldFileAndNothingElse()
    {
        string path = At("best.safetensors");
        Net(1).Save(path);
        byte[] before = File.ReadAllBytes(path);
        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write([1, 2, 3]);
            throw new IOException("the disk is full");
        }));
        Tensor gone = Tensor.Ones(2);
        gone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => SafeTensors.Write(path, [new("a", Tensor.Ones(2)), new("b", gone)]));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void TheCheckpointHoldsTheBestWeights()
    {
        Sequential model = Training.Problems.Net(), best = Training.Problems.Net(9);
        Checkpoint checkpoint = new(At("best.safetensors"));
        List<float[]> byEpoch = [];
        Callback watch = Callback.EachEpoch((_, _) => byEpoch.Add(Training.Problems.Weights(model)));
        Callback spoil = Callback.EachStep((run, _) =>
        {
            if (run.Epoch > 6) model.Parameters.First().Assign(Tensor.Zeros(8, 2));
        });
        Trainer trainer = Training.Problems.Quiet(model, [checkpoint, watch, spoil]);
        trainer.Fit(Training.Problems.Batches(Training.Problems.Blobs()), 8, Training.Problems.Blobs(60));
        best.Load(At("best.safetensors"));
        Assert.Equal(trainer.History.Best.Epoch, checkpoint.BestEpoch);
        Assert.InRange(checkpoint.BestEpoch, 1, 6);
        Assert.Equal(byEpoch[checkpoint.BestEpoch - 1], Training.Problems.Weights(best));
    }

    [Fact]
    public void OptimizerStateSurvivesAFile()
    {
        Sequential model = Net(1);
        Adam adam = new(model.Parameters), again = new(model.Parameters);
        adam.Step(() => model.Forward(Tensor.Ones(4, 2)).Square().Mean());
        SafeTensors.Write(At("adam.safetensors"), adam.ExportState());
        again.ImportState(SafeTensors.Read(At("adam.safetensors")));
        Parameter w = model.Parameters.First();
        Assert.Equal(adam.State(w)["r"].ToArray(), again.State(w)["r"].ToArray());
        Assert.Equal((1, 1), (again.StepCount, again.State(w).Steps));
    }
}
