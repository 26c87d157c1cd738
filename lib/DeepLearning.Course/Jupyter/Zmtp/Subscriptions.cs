namespace DeepLearning.Course.Jupyter.Zmtp;

/// <summary>The prefixes a SUB socket asked for; a message passes if its first frame starts with one of them.</summary>
internal sealed class Subscriptions
{
    private const int Most = 1000;
    private readonly List<byte[]> _prefixes = [];

    public void Add(byte[] prefix)
    {
        lock (_prefixes)
        {
            if (_prefixes.Count == Most) throw new ZmtpException($"A peer has more than {Most} subscriptions.");
            _prefixes.Add(prefix);
        }
    }

    public void Remove(byte[] prefix)
    {
        lock (_prefixes)
        {
            int at = _prefixes.FindIndex(known => known.AsSpan().SequenceEqual(prefix));
            if (at >= 0) _prefixes.RemoveAt(at);
        }
    }

    /// <summary>The form older peers use: a message of 1 or 0, then the prefix.</summary>
    public void Follow(byte[] message)
    {
        if (message is [1, ..]) Add(message[1..]);
        else if (message is [0, ..]) Remove(message[1..]);
    }

    public bool Match(byte[] topic)
    {
        lock (_prefixes) return _prefixes.Exists(prefix => topic.AsSpan().StartsWith(prefix));
    }
}
