using System.Diagnostics;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Scripting.Formatters;
using Microsoft.CodeAnalysis;

namespace DeepLearning.Course.Scripting;

/// <summary>One cell from its text to its end: its directives first, in their order, then its code.</summary>
internal sealed class CellRun(SessionState state, string cell) : IDisposable
{
    private const int MaxLoadDepth = 20;
    private readonly CancellationTokenSource _interrupt = new();

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
            var (directives, value) = await RunTextAsync(code, cell, state.WorkingDirectory, 0);
            if (directives.Any(d => d.Kind == DirectiveKind.Time))
                state.Channel.Display(new DisplayData(ValueFormatter.Format(FormattableString.Invariant($"Wall time: {clock.Elapsed.TotalMilliseconds:0.0} ms"))));
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
        _ when _interrupt.IsCancellationRequested => state.Errors.Interrupted(e, cell, "The cell was interrupted."),
        CompileException compile => state.Errors.FromCompiler(compile.Errors, cell),
        DirectiveException directive => state.Errors.FromDirective(directive, cell),
        _ => state.Errors.FromException(e, cell),
    };

    private async Task<(IReadOnlyList<Directive> Directives, DisplayData? Value)> RunTextAsync(string code, string path, string folder, int depth)
    {
        state.Errors.AddSource(path, code);
        var (directives, tree) = Directives.Read(code, path);
        foreach (var directive in directives) await FollowAsync(directive, folder, depth);
        return (directives, await RunCodeAsync(tree));
    }

    private async Task FollowAsync(Directive directive, string folder, int depth)
    {
        if (depth > MaxLoadDepth) throw new DirectiveException(directive.Line, $"{directive.Argument} loads itself.");
        switch (directive.Kind)
        {
            case DirectiveKind.Reference:
                state.Libraries.AddFile(directive, folder);
                break;
            case DirectiveKind.Package:
                await state.Libraries.AddPackageAsync(directive, _interrupt.Token);
                break;
            case DirectiveKind.Load:
                var file = Existing(directive, folder, "#load");
                await RunTextAsync(await File.ReadAllTextAsync(file), Path.GetFileName(file), Path.GetDirectoryName(file)!, depth + 1);
                break;
            case DirectiveKind.Import:
                await ImportAsync(directive, folder, depth);
                break;
        }
    }

    private async Task ImportAsync(Directive directive, string folder, int depth)
    {
        var file = Existing(directive, folder, "#!import");
        var (name, inFolder) = (Path.GetFileName(file), Path.GetDirectoryName(file)!);
        if (!file.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
        {
            await RunTextAsync(await File.ReadAllTextAsync(file), name, inFolder, depth + 1);
            return;
        }
        Notebook notebook;
        try
        {
            notebook = Notebook.Load(file);
        }
        catch (NotebookException e)
        {
            throw new DirectiveException(directive.Line, e.Message, e);
        }
        var number = 0;
        foreach (var code in notebook.Cells.Where(c => c.Kind == CellKind.Code))
            await RunTextAsync(code.Source, $"{name} cell {++number}", inFolder, depth + 1);
    }

    private static string Existing(Directive directive, string folder, string what)
    {
        var path = Path.GetFullPath(Path.Combine(folder, directive.Argument));
        return File.Exists(path) ? path : throw new DirectiveException(directive.Line, $"{what} found no file {path}.");
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
        var thread = new CellThread(() => submission.Run(variables), value => Format(value, submission), new CellScope(state.Channel), _interrupt.Token);
        using var stop = _interrupt.Token.UnsafeRegister(_ => _ = Interrupter.StopAsync(thread), null);
        thread.Start();
        return (DisplayData?)await thread.Completion;
    }

    private static DisplayData? Format(object? value, Submission submission)
    {
        if (value is NoValue || (value is null && !submission.ShowsNull)) return null;
        return new DisplayData(ValueFormatter.Format(value));
    }
}
