using System.Buffers.Binary;
using System.Text.Json;

namespace DeepLearning;

/// <summary>
/// Reads and writes weights in the safetensors format, which PyTorch's <c>safetensors.torch.load_file</c> reads too. Names and layouts are
/// PyTorch's: a <c>Dense</c> that comes first in a <see cref="Sequential"/> has <c>0.weight</c> [out, in] and <c>0.bias</c> [out].
/// </summary>
/// <remarks>
/// The file: the header's length as 8 bytes (unsigned, little-endian); the header, JSON such as
/// <c>{"0.weight": {"dtype": "F32", "shape": [3, 2], "data_offsets": [0, 24]}}</c>; then the numbers, little-endian and row-major, at those
/// offsets. F32 is written, and F64 for tensors on <see cref="Device.Reference"/>; F16, BF16, I8 … I64, U8 … U64 and BOOL (0 and 1) are
/// read as well.
/// </remarks>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Relu(), new Dense(8, 3, new Generator(2)));
/// model.Save("model.safetensors");
/// model.Load("model.safetensors");
/// foreach (var (name, tensor) in SafeTensors.Read("model.safetensors")) Console.WriteLine($"{name} {tensor.Shape}");
/// </code></example>
public static class SafeTensors
{
    private const int LargestHeader = 100_000_000;

    /// <summary>Writes a model's parameters and buffers, whole or not at all.</summary>
    /// <exception cref="InvalidOperationException">
    /// A layer holds a parameter, buffer or layer that it does not list; see <see cref="Layer.Borrowed"/>.
    /// </exception>
    public static void Save(this Layer model, string path)
    {
        ArgumentCheck.NotNull(model);
        model.CheckListing();
        Write(path, model.NamedState.Select(named => KeyValuePair.Create(named.Name, named.Tensor)));
    }

    /// <summary>
    /// Gives a model the parameters and buffers of a file. PyTorch's <c>num_batches_tracked</c>, which nothing here needs, is passed over.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is damaged, or is of another model; the model is as before then.</exception>
    public static void Load(this Layer model, string path)
    {
        ArgumentCheck.NotNull(model);
        model.CheckListing();
        Dictionary<string, Tensor> file = Read(path, keepDoubles: true, out _);
        (string Name, Tensor Tensor)[] state = model.NamedState.ToArray();
        foreach ((string name, Tensor mine) in state)
        {
            if (!file.TryGetValue(name, out Tensor? tensor))
                throw new InvalidDataException($"'{path}' has no '{name}', which the model needs; it has {string.Join(", ", file.Keys)}.");
            if (!tensor.Shape.Equals(mine.Shape))
                throw new InvalidDataException(
                    $"'{path}' has '{name}' of shape {tensor.Shape}, the model's is {mine.Shape}; build the model as it was when saved.");
        }
        IEnumerable<string> others = file.Keys.Except(state.Select(named => named.Name));
        if (others.FirstOrDefault(name => name.Split('.')[^1] != "num_batches_tracked") is { } extra)
            throw new InvalidDataException($"'{path}' has '{extra}', which the model does not; build the model as it was when saved.");
        foreach ((string name, Tensor mine) in state) mine.Assign(file[name]);
    }

    /// <summary>Writes tensors by name, each with all its digits, whole or not at all.</summary>
    /// <param name="path">The file; its folder is made if need be.</param>
    /// <param name="tensors">What to write.</param>
    /// <param name="metadata">Text by name that goes along.</param>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string,
        string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentCheck.NotNull(tensors);
        KeyValuePair<string, Tensor>[] all = [.. tensors];
        byte[] header = Header(all, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach ((_, Tensor tensor) in all)
            {
                stream.Write(IsDouble(tensor) ? Bytes(tensor.ToDoubles()) : Bytes(tensor.ToArray()));
            }
        });
    }

    private static bool IsDouble(Tensor tensor) => tensor.Device == Device.Reference;

    private static byte[] Bytes(float[] values)
    {
        byte[] bytes = new byte[sizeof(float) * values.Length];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(sizeof(float) * i), values[i]);
        return bytes;
    }

    private static byte[] Bytes(double[] values)
    {
        byte[] bytes = new byte[sizeof(double) * values.Length];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(sizeof(double) * i), values[i]);
        return bytes;
    }

    private static byte[] Header(KeyValuePair<string, Tensor>[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            foreach ((string name, string text) in metadata ?? new Dictionary<string, string>()) json.WriteString(name, text);
            json.WriteEndObject();
            long offset = 0;
            foreach ((string name, Tensor tensor) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", IsDouble(tensor) ? "F64" : "F32");
                WriteNumbers("shape", tensor.Shape.Dims.ToArray().Select(dim => (long)dim));
                WriteNumbers("data_offsets", [offset, offset += (IsDouble(tensor) ? sizeof(double) : sizeof(float)) * (long)tensor.Count]);
                json.WriteEndObject();
            }
            json.WriteEndObject();

            void WriteNumbers(string name, IEnumerable<long> numbers)
            {
                json.WriteStartArray(name);
                foreach (long number in numbers) json.WriteNumberValue(number);
                json.WriteEndArray();
            }
        }
        while (stream.Length % 8 != 0) stream.WriteByte((byte)' ');
        return stream.ToArray();
    }

    /// <summary>Reads all tensors of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, cut off, or not in this format.</exception>
    public static Dictionary<string, Tensor> Read(string path) => Read(path, out _);

    /// <summary>Reads all tensors of a file, and the text that was written with them.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static Dictionary<string, Tensor> Read(string path, out IReadOnlyDictionary<string, string> metadata) =>
        Read(path, keepDoubles: false, out metadata);

    /// <summary>
    /// The same; with <paramref name="keepDoubles"/> F64 comes to <see cref="Device.Reference"/>, where it keeps its digits.
    /// </summary>
    internal static Dictionary<string, Tensor> Read(string path, bool keepDoubles, out IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            return Read(stream, keepDoubles, out metadata);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"'{path}' is not a safetensors file: its header cannot be understood ({e.Message})", e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{path}' {e.Message}; get the file again.", e);
        }
    }

    private static Dictionary<string, Tensor> Read(FileStream stream, bool keepDoubles, out IReadOnlyDictionary<string, string> metadata)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.Length < 8) throw new InvalidDataException($"is cut off: it has {stream.Length} bytes, not even a header");
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LargestHeader) throw new InvalidDataException("is not a safetensors file: it does not begin with a header's length");
        long data = 8 + (long)length;
        if (stream.Length < data)
            throw new InvalidDataException($"is cut off: its header should end at byte {data}, the file at {stream.Length}");
        byte[] header = new byte[length];
        stream.ReadExactly(header);
        using JsonDocument json = JsonDocument.Parse(header);
        Dictionary<string, Tensor> tensors = [];
        metadata = json.RootElement.TryGetProperty("__metadata__", out JsonElement texts)
            ? texts.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!) : [];
        foreach (JsonProperty entry in json.RootElement.EnumerateObject())
        {
            if (entry.Name != "__metadata__") tensors[entry.Name] = ReadTensor(stream, data, keepDoubles, entry.Name, entry.Value);
        }
        return tensors;
    }

    private static Tensor ReadTensor(FileStream stream, long data, bool keepDoubles, string name, JsonElement entry)
    {
        string type = entry.GetProperty("dtype").GetString()!;
        Shape shape = new([.. entry.GetProperty("shape").EnumerateArray().Select(dim => dim.GetInt32())]);
        JsonElement offsets = entry.GetProperty("data_offsets");
        long from = offsets[0].GetInt64(), to = offsets[1].GetInt64();
        int size = SafeTensorsNumber.Size(type)
            ?? throw new InvalidDataException($"holds '{name}' as {type}, expected one of {SafeTensorsNumber.Types}");
        if (from < 0 || to - from != (long)size * shape.Count)
            throw new InvalidDataException($"is damaged: '{name}' {shape} takes {(long)size * shape.Count} bytes, its offsets are " +
                $"{from} to {to}");
        if (data + to > stream.Length)
            throw new InvalidDataException($"is cut off: '{name}' should end at byte {data + to}, the file ends at {stream.Length}");
        byte[] bytes = new byte[to - from];
        stream.Position = data + from;
        stream.ReadExactly(bytes);
        double[] values = new double[shape.Count];
        for (int i = 0; i < values.Length; i++) values[i] = SafeTensorsNumber.Read(type, bytes.AsSpan(i * size));
        Tensor tensor = Tensor.Empty(shape, keepDoubles && type == "F64" ? Device.Reference : Device.Current);
        tensor.Device.Upload((ReadOnlySpan<double>)values, tensor.Storage);
        return tensor;
    }
}
