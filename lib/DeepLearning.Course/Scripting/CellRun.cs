using System.Diagnostics;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Scripting.Formatters;
using DeepLearning.Course.Scripting.Output;
using Microsoft.CodeAnalysis;

namespace DeepLearning.Course.Scripting;

/// <summary>One cell from its text to its end: its directives first, in their order, then its code.</summary>
internal sealed class CellRun(SessionState state, string cell) : IDisposable
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly HashSet<string> _files = [];

    public static CellError InterruptedError(string message) => new("Interrupted", message, null, null, [message]);

    public void Interrupt()
    {
        state.SetStop(true);
        ThreadPool.UnsafeQueueUserWorkItem(_ => CancelQuietly(), null);
    }

    public async Task<(DisplayData? Value, CellError? Error)> RunAsync(string code)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            state.EnsureStarted();
            state.SetStop(false);
            (IReadOnlyList<Directive> directives, DisplayData? value) = await RunTextAsync(code, cell, state.WorkingDirectory);
            if (directives.Any(d => d.Kind == DirectiveKind.Time))
                state.Channel.Display(new DisplayData(
                    ValueFormatter.Format(FormattableString.Invariant($"Wall time: {clock.Elapsed.TotalMilliseconds:0.0} ms"))));
            return (value, null);
        }
        catch (Exception e)
        {
            return (null, Explain(e));
        }
    }

    public void Dispose()
    {
        lock (_interrupt) _interrupt.Dispose();
    }

    private void CancelQuietly()
    {
        lock (_interrupt)
        {
            try
            {
                _interrupt.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The cell ended first.
            }
        }
    }

    private CellError Explain(Exception e) => e switch
    {
        _ when _interrupt.IsCancellationRequested || e is OperationCanceledException =>
            state.Errors.Interrupted(e, cell, "The cell was interrupted."),
        CompileException compile => state.Errors.FromCompiler(compile.Errors, cell),
        DirectiveException directive => state.Errors.FromDirective(directive, cell),
        _ => state.Errors.FromException(e, cell),
    };

    private async Task<(IReadOnlyList<Directive> Directives, DisplayData? Value)> RunTextAsync(string code, string path, string folder)
    {
        state.Errors.AddSource(path, code);
        (IReadOnlyList<Directive> directives, SyntaxTree tree) = Directives.Read(code, path);
        foreach (Directive directive in directives) await FollowAsync(directive, folder);
        return (directives, await RunCodeAsync(tree));
    }

    private async Task FollowAsync(Directive directive, string folder)
    {
        switch (directive.Kind)
        {
            case DirectiveKind.Reference: state.Libraries.AddFile(directive, folder); break;
            case DirectiveKind.Package: await state.Libraries.AddPackageAsync(directive, _interrupt.Token); break;
            case DirectiveKind.Load or DirectiveKind.Import: await RunFileAsync(directive, folder); break;
        }
    }

    /// <summary>
    /// Runs another file's code, or a notebook's code cells; a directive that fails there is told at the line that asked for the file.
    /// </summary>
    private async Task RunFileAsync(Directive directive, string folder)
    {
        string file = Path.GetFullPath(Path.Combine(folder, directive.Argument));
        if (!File.Exists(file)) throw new DirectiveException(directive.Line, $"There is no file {file}.");
        if (!_files.Add(file)) throw new DirectiveException(directive.Line, $"{Path.GetFileName(file)} loads itself.");
        try
        {
            foreach ((string code, string name) in await ReadAsync(file)) await RunTextAsync(code, name, Path.GetDirectoryName(file)!);
        }
        catch (DirectiveException e)
        {
            throw new DirectiveException(directive.Line, $"{Path.GetFileName(file)}, line {e.Line}: {e.Message}", e);
        }
        catch (NotebookException e)
        {
            throw new DirectiveException(directive.Line, e.Message, e);
        }
        finally
        {
            _files.Remove(file);
        }
    }

    private static async Task<IEnumerable<(string Code, string Name)>> ReadAsync(string file)
    {
        string name = Path.GetFileName(file);
        return file.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase)
            ? Notebook.Load(file).Cells.Where(cell => cell.Kind == CellKind.Code).Select((cell, i) => (cell.Source, $"{name} cell {i + 1}"))
            : [(await File.ReadAllTextAsync(file), name)];
    }

    private async Task<DisplayData?> RunCodeAsync(SyntaxTree tree)
    {
        Submission submission;
        object?[] variables;
        lock (state.ChainLock)
        {
            submission = state.Compiler.Compile(tree, _interrupt.Token);
            state.Compiler.Accept(submission);
            if (submission.Run is null) return null;
            variables = state.Reserve();
        }
        Environment.CurrentDirectory = state.WorkingDirectory;
        CheckBook.Current = state.Checks;
        var thread = new CellThread(() => submission.Run(variables), value => Format(value, submission), new CellScope(state.Channel),
            _interrupt.Token);
        using CancellationTokenRegistration stop = _interrupt.Token.UnsafeRegister(_ => Stop(thread), null);
        thread.Start();
        return (DisplayData?)await thread.Completion;
    }

    private void Stop(CellThread thread)
    {
        state.SetStop(true);
        _ = Interrupter.StopAsync(thread);
    }

    private static DisplayData? Format(object? value, Submission submission)
    {
        if (value is NoValue || (value is null && !submission.ShowsNull)) return null;
        return new DisplayData(ValueFormatter.Format(value));
    }
}
