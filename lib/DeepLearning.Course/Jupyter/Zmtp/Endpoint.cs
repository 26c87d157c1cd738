using System.Net;
using System.Net.Sockets;

namespace DeepLearning.Course.Jupyter.Zmtp;

/// <summary>Where a socket listens: <c>tcp</c> on an address and port, or <c>ipc</c> on a file named <c>address-port</c>.</summary>
internal sealed record Endpoint(string Transport, string Address, int Port)
{
    /// <summary>The file of an <c>ipc</c> socket; null for <c>tcp</c>.</summary>
    public string? File => Transport == "ipc" ? $"{Address}-{Port}" : null;

    /// <exception cref="SocketException">The address cannot be listened on, or is taken.</exception>
    public Socket Listen()
    {
        if (File is { } file) System.IO.File.Delete(file);
        EndPoint place = File is { } path ? new UnixDomainSocketEndPoint(path) : new IPEndPoint(Ip(), Port);
        // Not ReuseAddress: two kernels would then share a port and each lose messages.
        var socket = new Socket(place.AddressFamily, SocketType.Stream, File is null ? ProtocolType.Tcp : ProtocolType.Unspecified);
        socket.Bind(place);
        socket.Listen();
        return socket;
    }

    private IPAddress Ip() => Address switch
    {
        "localhost" => IPAddress.Loopback,
        "*" => IPAddress.Any,
        _ => IPAddress.Parse(Address),
    };
}
