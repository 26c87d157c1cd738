using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>A kernel in a process of its own, as a front end starts it, over TCP; over files where asked.</summary>
public sealed class RunningKernel : IDisposable
{
    public const string Key = "a key of the tests";

    private readonly string _folder = Directory.CreateTempSubdirectory("course-kernel-").FullName;
    private readonly string _transport;
    private readonly Dictionary<string, int> _ports;

    public RunningKernel() : this("tcp")
    {
    }

    /// <param name="transport"><c>tcp</c> or <c>ipc</c>.</param>
    /// <param name="command">Starts the kernel, up to its connection file; the tests' own build without it.</param>
    internal RunningKernel(string transport, IReadOnlyList<string>? command = null)
    {
        _transport = transport;
        string[] sockets = ["shell_port", "control_port", "stdin_port", "iopub_port", "hb_port"];
        _ports = sockets.Zip(transport == "tcp" ? FreePorts(sockets.Length) : Enumerable.Range(1, sockets.Length)).ToDictionary();
        var file = new JsonObject
        {
            ["transport"] = transport,
            ["ip"] = transport == "tcp" ? "127.0.0.1" : Path.Combine(_folder, "socket"),
            ["key"] = Key,
            ["signature_scheme"] = "hmac-sha256",
        };
        foreach ((string name, int port) in _ports) file[name] = port;
        string connection = Path.Combine(_folder, "connection.json");
        File.WriteAllText(connection, file.ToJsonString());
        command ??= ["dotnet", Path.Combine(AppContext.BaseDirectory, "DeepLearning.Course.dll"), "kernel", "start", "--connection-file"];
        Process = Process.Start(new ProcessStartInfo(command[0], [.. command.Skip(1), connection])
        {
            WorkingDirectory = _folder, RedirectStandardError = true,
        })!;
        Process.ErrorDataReceived += (_, line) => Complaints += line.Data;
        Process.BeginErrorReadLine();
    }

    public Process Process { get; }

    /// <summary>What it wrote to the standard error of its process: nothing, if all is well.</summary>
    public string Complaints { get; private set; } = "";

    public EndPoint At(string port) => _transport == "tcp"
        ? new IPEndPoint(IPAddress.Loopback, _ports[port])
        : new UnixDomainSocketEndPoint(Path.Combine(_folder, $"socket-{_ports[port]}"));

    /// <summary>Waits until it listens.</summary>
    internal KernelClient Connect(string identity = "one", string key = Key)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                // The heartbeat is the last socket to be opened.
                using var probe = new TestPeer(At("hb_port"));
                return new KernelClient(this, identity, key);
            }
            catch (SocketException) when (clock.Elapsed < TestPeer.Patience && !Process.HasExited)
            {
                Thread.Sleep(5);
            }
        }
    }

    public void Dispose()
    {
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        Process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<int> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (TcpListener listener in listeners) listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        foreach (TcpListener listener in listeners) listener.Dispose();
        return ports;
    }
}
