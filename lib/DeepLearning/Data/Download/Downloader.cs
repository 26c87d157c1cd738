using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace DeepLearning;

/// <summary>A file on the network. The checksum (MD5, hexadecimal) is the one its publishers state; it finds damage, not malice.</summary>
internal sealed record RemoteFile(string Name, string Md5);

/// <summary>
/// Brings files into a folder, each whole and checked or not at all. What arrived before a connection broke waits beside it as
/// <c>name.part</c>; the next attempt asks the server for the rest only.
/// </summary>
internal sealed class Downloader(string set, IReadOnlyList<Uri> homes, DownloadOptions options)
{
    private static readonly HttpClient s_client = new() { Timeout = Timeout.InfiniteTimeSpan };

    public string Folder { get; } = Path.GetFullPath(options.Folder
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "DeepLearning", set));

    /// <summary>The path of the file, after downloading it if it is not there.</summary>
    /// <exception cref="InvalidDataException">The file in the folder is another one.</exception>
    /// <exception cref="IOException">It cannot be had; the message says what was tried.</exception>
    /// <exception cref="OperationCanceledException">Stopped; what has arrived is kept.</exception>
    public string Get(RemoteFile file, CancellationToken cancellation)
    {
        string path = Path.Combine(Folder, file.Name);
        if (File.Exists(path))
        {
            if (Md5(path) is var sum && sum != file.Md5)
                throw new InvalidDataException($"'{path}' is not the file expected: its MD5 is {sum}, expected {file.Md5}; delete it and " +
                    "run again.");
            return path;
        }
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Interruption.Token);
        List<string> tried = [];
        foreach (Uri home in options.Address is { } mirror ? [mirror] : homes)
        {
            Uri address = new(home.AbsoluteUri.TrimEnd('/') + "/" + file.Name);
            try
            {
                Directory.CreateDirectory(Folder);
                Task.Run(() => Fetch(address, file, path, stop.Token), stop.Token).GetAwaiter().GetResult();
                return path;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException or InvalidDataException)
            {
                tried.Add($"{address} ({e.Message.TrimEnd('.')})");
            }
        }
        throw new IOException($"Could not get {file.Name}: tried {string.Join(" and ", tried)}; run again when there is a network (what " +
            "has arrived is kept), " +
            $"or put the file into '{Folder}' by hand.");
    }

    private async Task Fetch(Uri address, RemoteFile file, string path, CancellationToken stop)
    {
        string part = path + ".part";
        bool begun = File.Exists(part);
        await ReceiveAll(address, file, part, stop).ConfigureAwait(false);
        if (begun && Md5(part) != file.Md5)
        {
            // What an earlier attempt left belonged to something else: once more from the beginning.
            File.Delete(part);
            await ReceiveAll(address, file, part, stop).ConfigureAwait(false);
        }
        if (Md5(part) is var sum && sum != file.Md5)
        {
            File.Delete(part);
            throw new InvalidDataException($"what arrived has the MD5 {sum}, expected {file.Md5}, and was deleted");
        }
        File.Move(part, path, overwrite: true);
    }

    // Goes on after a broken connection as long as each attempt brings something.
    private async Task ReceiveAll(Uri address, RemoteFile file, string part, CancellationToken stop)
    {
        while (true)
        {
            long before = Length(part);
            try
            {
                await Receive(address, file, part, stop).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException && Length(part) > before)
            {
            }
        }
    }

    private async Task Receive(Uri address, RemoteFile file, string part, CancellationToken stop)
    {
        using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        waiting.CancelAfter(options.Patience);
        try
        {
            long have = Length(part);
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            if (have > 0) request.Headers.Range = new RangeHeaderValue(have, null);
            using HttpResponseMessage response = await s_client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead,
                waiting.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
                return; // Nothing is left to send: the part is whole, or of another file, which its checksum will tell.
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException($"the server answered {(int)response.StatusCode} {response.ReasonPhrase}");
            bool resumed = response.StatusCode == HttpStatusCode.PartialContent;
            if (resumed && response.Content.Headers.ContentRange?.From != have)
                throw new HttpRequestException($"the server sent another piece than the one from byte {have} that was asked for");
            if (!resumed) have = 0;
            long? total = have + response.Content.Headers.ContentLength;
            await using FileStream target = new(part, resumed ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
            await using Stream source = await response.Content.ReadAsStreamAsync(waiting.Token).ConfigureAwait(false);
            byte[] buffer = new byte[1 << 16];
            options.Progress?.Report(new(file.Name, have, total));
            while (await source.ReadAsync(buffer, waiting.Token).ConfigureAwait(false) is > 0 and var count)
            {
                await target.WriteAsync(buffer.AsMemory(0, count), stop).ConfigureAwait(false);
                have += count;
                waiting.CancelAfter(options.Patience);
                options.Progress?.Report(new(file.Name, have, total));
            }
            if (have < total) throw new IOException($"the connection ended after {have} of {total} bytes");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing arrived for {options.Patience.TotalSeconds} seconds");
        }
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static string Md5(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(MD5.HashData(stream));
    }
}
