namespace DeepLearning.Tests.Download;

public sealed class ReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reader-").FullName;
    private readonly LoopbackServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private DownloadOptions Options => new() { Folder = Path.Combine(_folder, "cache"), Address = _server.Address, Progress = null };

    private RemoteFile[] Mnist(params byte[][] contents)
    {
        string[] names = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz"];
        return [.. names.Zip(contents, (name, content) =>
        {
            byte[] packed = _server.Files[name] = TinyFiles.Gzip(content);
            return TinyFiles.Remote(name, packed);
        })];
    }

    private static (Dataset Train, Dataset Test) Read(RemoteFile[] files, DownloadOptions options) =>
        Datasets.ReadMnist("mnist", files, ["http://nowhere.invalid/"], options, default, ["a", "b", "c"], "tiny", "made here");

    [Fact]
    public void MnistIsReadFromTheServerAndThenFromTheFolder()
    {
        RemoteFile[] files = Mnist(TinyFiles.Images(3), TinyFiles.Labels(2, 0, 1), TinyFiles.Images(2, first: 100), TinyFiles.Labels(1, 1));
        foreach (int _ in new[] { 1, 2 })
        {
            (Dataset train, Dataset test) = Read(files, Options);
            Assert.Equal((new Shape(3, 1, 3, 2), new Shape(2, 1, 3, 2)), (train.X.Shape, test.X.Shape));
            Assert.Equal(Enumerable.Range(0, 18).Select(i => i / 255f), train.X.ToArray());
            Assert.Equal([2, 0, 1], train.Labels);
            Assert.Equal([1, 1], test.Labels);
            Assert.Equal(100 / 255f, test.X.ToArray()[0]);
        }
        Assert.Equal(4, _server.Requests.Count);
        Assert.Equal((2, 1), (Read(files, Options with { Limit = 2 }).Train.Count, Read(files, Options with { Limit = 1 }).Test.Count));
        Assert.Equal([2, 0], Read(files, Options with { Limit = 2 }).Train.Labels);
        Assert.Contains("got 0", Assert.Throws<ArgumentOutOfRangeException>(() => Read(files, Options with { Limit = 0 })).Message);
    }

    [Fact]
    public void ImagesAndLabelsMustBeAsMany()
    {
        RemoteFile[] files = Mnist(TinyFiles.Images(3), TinyFiles.Labels(2, 0), TinyFiles.Images(1), TinyFiles.Labels(1));
        Assert.Contains("has 3 images and", Assert.Throws<InvalidDataException>(() => Read(files, Options)).Message);
    }

    // The addresses and names as they are; the files behind them are not, which the checksums find out.
    [Fact]
    public void TheRealSetsRefuseOtherFiles()
    {
        Mnist(TinyFiles.Images(1), TinyFiles.Labels(0), TinyFiles.Images(1), TinyFiles.Labels(0));
        _server.Files["cifar-10-binary.tar.gz"] = TinyFiles.Cifar();
        foreach (Func<object> get in new Func<object>[] { () => Datasets.Mnist(Options), () => Datasets.FashionMnist(Options),
            () => Datasets.Cifar10(Options) })
        {
            string message = Assert.Throws<IOException>(get).Message;
            Assert.Contains("what arrived has the MD5", message);
            Assert.Contains($"put the file into '{Options.Folder}' by hand", message);
        }
    }

    [Fact]
    public void AnIdxFileOfAnyShapeIsReadPackedOrNot()
    {
        byte[] content = TinyFiles.Idx([2, 1, 3, 1], [1, 2, 3, 250, 251, 255]);
        foreach (byte[] bytes in new[] { content, TinyFiles.Gzip(content) })
        {
            Tensor read = IdxFile.Read(Write(bytes));
            Assert.Equal(new Shape(2, 1, 3, 1), read.Shape);
            Assert.Equal([1, 2, 3, 250, 251, 255], read.ToArray());
        }
    }

    [Fact]
    public void ADamagedIdxFileSaysWhatIsWrong()
    {
        byte[] images = TinyFiles.Images(2);
        AssertError("is cut off: expected 12 numbers after the heading, got 7", images[..^5]);
        AssertError("is cut off within its heading", images[..9]);
        AssertError("it begins with nothing, expected 00000803", []);
        AssertError("it begins with 0000, expected 00000803", images[..2]);
        AssertError("with 3 axes: it begins with 00000801", TinyFiles.Labels(1, 2));
        AssertError("it begins with 3C68746D", "<html>sorry</html>"u8.ToArray());
        AssertError("more than the 12 numbers of its shape [2, 3, 2] follow", [.. images, 1]);
        AssertError("its shape is [2, -1, 2]", TinyFiles.Idx([2, -1, 2], []));
        byte[] packed = TinyFiles.Gzip(images);
        AssertError("is ", packed[..^12]);
        packed[^6] ^= 1;
        AssertError("is damaged: ", packed);

        void AssertError(string message, byte[] content)
        {
            string path = Write(content), error = Assert.Throws<InvalidDataException>(() => IdxFile.ReadBytes(path, 3, null)).Message;
            Assert.StartsWith($"'{path}' is ", error);
            Assert.Contains(message, error);
        }
    }

    [Fact]
    public void CifarIsReadFromItsArchive()
    {
        byte[] archive = _server.Files["cifar-10-binary.tar.gz"] = TinyFiles.Cifar();
        RemoteFile file = TinyFiles.Remote("cifar-10-binary.tar.gz", archive);
        (Dataset train, Dataset test) = Datasets.ReadCifar(file, Options, default);
        Assert.Equal((new Shape(10, 3, 32, 32), new Shape(3, 3, 32, 32)), (train.X.Shape, test.X.Shape));
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], train.Labels);
        Assert.Equal([9, 9, 9], test.Labels);
        float[] pixels = train.X.ToArray();
        Assert.Equal(10 / 255f, pixels[0]);
        Assert.Equal(51 / 255f, pixels[^1]);
        Assert.Equal(92 / 255f, test.X.ToArray()[^1]);
        Assert.Equal("truck", test.Classes[9]);
        Assert.Equal([1, 1, 2], Datasets.ReadCifar(file, Options with { Limit = 3 }, default).Train.Labels);
    }

    [Fact]
    public void ADamagedArchiveSaysWhatIsWrong()
    {
        byte[] whole = TinyFiles.Cifar();
        AssertError("is damaged or cut off: ", whole[..^20000]);
        AssertError("is damaged or cut off: ", [1, 2, 3]);
        AssertError("lacks data_batch_1.bin", TinyFiles.Tar(("test_batch.bin", TinyFiles.CifarBatch(1, 1))));
        AssertError("data_batch_2.bin has 3072 bytes, expected a multiple of 3073", Batches(2, TinyFiles.CifarBatch(2, 1)[1..]));
        byte[] wrong = TinyFiles.CifarBatch(3, 1);
        wrong[0] = 10;
        AssertError("data_batch_3.bin has the label 10, expected 0 to 9", Batches(3, wrong));

        static byte[] Batches(int odd, byte[] content) => TinyFiles.Tar([.. Enumerable.Range(1, 5)
            .Select(b => ($"data_batch_{b}.bin", b == odd ? content : TinyFiles.CifarBatch(b, 1))),
            ("test_batch.bin", TinyFiles.CifarBatch(1, 1))]);

        void AssertError(string message, byte[] content)
        {
            string path = Write(content), error = Assert.Throws<InvalidDataException>(() => CifarArchive.Read(path, null)).Message;
            Assert.StartsWith($"'{path}' ", error);
            Assert.Contains(message, error);
        }
    }

    private string Write(byte[] content)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllBytes(path, content);
        return path;
    }
}
