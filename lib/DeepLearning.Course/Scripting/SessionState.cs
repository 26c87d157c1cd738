using System.Reflection;
using DeepLearning.Course.Scripting.Assemblies;
using DeepLearning.Course.Scripting.Output;

namespace DeepLearning.Course.Scripting;

/// <summary>What a session knows: the chain of compiled cells, their variables, and where output goes.</summary>
internal sealed class SessionState : IDisposable
{
    private static readonly string[] s_usings =
    [
        "System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Threading", "System.Threading.Tasks",
        "DeepLearning", "DeepLearning.Plotting", "DeepLearning.Course.Interactive",
        "static DeepLearning.Course.Interactive.DisplayFunctions",
    ];

    private readonly SessionLoadContext _context = new();
    private object?[] _submissions = new object?[64];
    private int _submissionCount;
    private Action<bool>? _setStop;

    public SessionState(string workingDirectory)
    {
        WorkingDirectory = workingDirectory;
        Compiler = new SubmissionCompiler(_context);
        Libraries = new Libraries(_context, Compiler);
    }

    public SubmissionCompiler Compiler { get; }

    public Libraries Libraries { get; }

    public OutputChannel Channel { get; } = new();

    public CellErrors Errors { get; } = new();

    /// <summary>The exercises checked in this session.</summary>
    public CheckBook Checks { get; } = new();

    /// <summary>Guards the chain against being asked about while it grows.</summary>
    public Lock ChainLock { get; } = new();

    /// <summary>What <see cref="Environment.CurrentDirectory"/> is when a cell of this session starts.</summary>
    public string WorkingDirectory { get; }

    /// <summary>Raises or lowers the flag the session's loops watch.</summary>
    public void SetStop(bool stop) => _setStop?.Invoke(stop);

    /// <summary>Compiles the references, usings and interrupt flag every cell builds on, if that has not happened.</summary>
    public void EnsureStarted()
    {
        lock (ChainLock)
        {
            if (_setStop is not null) return;
            string code = string.Concat(s_usings.Select(name => $"using {name};\n")) + LoopGuardRewriter.GuardSource;
            Submission submission = Compiler.Compile(SubmissionCompiler.Parse(code), CancellationToken.None);
            Compiler.Accept(submission);
            submission.Run!(Reserve()).GetAwaiter().GetResult();
            Type guard = submission.Run.Method.DeclaringType!.GetNestedType(LoopGuardRewriter.GuardClass, BindingFlags.Public)!;
            _setStop = guard.GetMethod("Set")!.CreateDelegate<Action<bool>>();
        }
    }

    /// <summary>The variables of all submissions, with room for one more.</summary>
    public object?[] Reserve()
    {
        _submissionCount++;
        if (_submissionCount + 1 >= _submissions.Length) Array.Resize(ref _submissions, _submissions.Length * 2);
        return _submissions;
    }

    /// <summary>Lets go of the variables.</summary>
    public void Dispose() => _submissions = [];
}
