using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Messages;

/// <summary>A session that warms up, or is warm.</summary>
internal sealed class StartedSession
{
    public StartedSession(string folder)
    {
        Session = new ScriptSession(folder);
        Ready = Session.WarmUpAsync();
    }

    public ScriptSession Session { get; }

    /// <summary>Ends when the session is warm.</summary>
    public Task Ready { get; }
}
