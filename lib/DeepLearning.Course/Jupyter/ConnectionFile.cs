using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepLearning.Course.Jupyter.Zmtp;

namespace DeepLearning.Course.Jupyter;

/// <summary>Where a front end expects the kernel's five sockets, and the key that signs their messages.</summary>
internal sealed record ConnectionFile(Endpoint Shell, Endpoint Control, Endpoint Stdin, Endpoint Iopub, Endpoint Heartbeat, byte[] Key)
{
    /// <exception cref="FormatException">The file is not a connection file this kernel can use.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ConnectionFile Read(string path)
    {
        JsonObject file;
        try
        {
            file = JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new FormatException($"{path} must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"{path} is not JSON: {e.Message}", e);
        }
        string transport = Text("transport", "tcp");
        if (transport is not ("tcp" or "ipc"))
            throw new FormatException($"The transport '{transport}' in {path} is not supported; use tcp or ipc.");
        string scheme = Text("signature_scheme", MessageSigner.Scheme);
        if (scheme != MessageSigner.Scheme)
            throw new FormatException($"The signature scheme '{scheme}' in {path} is not supported; use {MessageSigner.Scheme}.");
        return new ConnectionFile(At("shell_port"), At("control_port"), At("stdin_port"), At("iopub_port"), At("hb_port"),
            Encoding.UTF8.GetBytes(Text("key", "")));

        Endpoint At(string name) => file[name] is JsonValue value && value.TryGetValue(out int port) && port is > 0 and <= 65535
            ? new Endpoint(transport, Text("ip", "127.0.0.1"), port)
            : throw new FormatException($"{path} needs a number '{name}' from 1 to 65535.");

        string Text(string name, string otherwise) => file[name] is null ? otherwise
            : file[name] is JsonValue value && value.TryGetValue(out string? text) ? text
            : throw new FormatException($"'{name}' in {path} must be a text.");
    }
}
