using System.Reflection;
using DeepLearning.Course.Scripting.Output;

namespace DeepLearning.Course.Scripting;

/// <summary>
/// The thread one submission runs on, and the context its awaits return to. While the thread waits for the submission's task it runs
/// continuations itself, so that they can be stopped; while it is busy or blocked they go to the thread pool, so that blocking on a task
/// never deadlocks.
/// </summary>
internal sealed class CellThread : SynchronizationContext
{
    private const int StackSize = 16 << 20;

    private readonly Func<Task<object?>> _body;
    private readonly CellScope _scope;
    private readonly TaskCompletionSource<object?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _lock = new();
    private readonly Thread _thread;
    private readonly Func<object?, object?> _format;
    private readonly CancellationToken _interrupt;
    private (SendOrPostCallback Call, object? State)? _next;
    private bool _waiting;

    /// <param name="body">The submission's code.</param>
    /// <param name="format">Turns its last value into what is shown; runs on the same thread, for it may run code of the cell.</param>
    /// <param name="scope">Where its output goes.</param>
    /// <param name="interrupt">Ends a wait for the submission's task; watched by the library's long work too.</param>
    public CellThread(Func<Task<object?>> body, Func<object?, object?> format, CellScope scope, CancellationToken interrupt)
    {
        (_body, _format, _scope, _interrupt) = (body, format, scope, interrupt);
        _thread = new Thread(Main, StackSize) { IsBackground = true, Name = "cell" };
    }

    /// <summary>The formatted value; fails with what the cell threw.</summary>
    public Task<object?> Completion => _completion.Task;

    public bool IsBlocked => (_thread.ThreadState & ThreadState.WaitSleepJoin) != 0;

    public void Start() => _thread.Start();

    /// <summary>Wakes the thread if it sleeps or waits.</summary>
    public void Wake() => _thread.Interrupt();

    /// <summary>Leaves the thread behind; whatever it still writes is dropped.</summary>
    public void GiveUp()
    {
        _scope.Abandon();
        _completion.TrySetException(new OperationCanceledException("The cell did not stop; its thread was left behind."));
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (_interrupt.IsCancellationRequested && _completion.Task.IsCompleted) return;
        lock (_lock)
        {
            if (_waiting && _next is null)
            {
                _next = (d, state);
                Monitor.PulseAll(_lock);
                return;
            }
        }
        ThreadPool.QueueUserWorkItem(_ => Invoke(d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    private void Main()
    {
        CellScope.Current = _scope;
        Interruption.Watch(_interrupt);
        using CancellationTokenRegistration wake = _interrupt.UnsafeRegister(_ => Pulse(), null);
        try
        {
            SetSynchronizationContext(this);
            object? value = WaitFor(_body());
            while (value is Task task) value = ResultOf(task);
            _completion.TrySetResult(_format(value));
        }
        catch (Exception e)
        {
            _completion.TrySetException(e);
        }
    }

    /// <summary>A task as the last value is awaited, and its result shown.</summary>
    private object? ResultOf(Task task)
    {
        WaitFor(Generalize(task));
        PropertyInfo? property = task.GetType().GetProperty(nameof(Task<object>.Result));
        return property is null || property.PropertyType.Name == "VoidTaskResult" ? NoValue.Instance : property.GetValue(task);

        static async Task<object?> Generalize(Task task)
        {
            await task.ConfigureAwait(false);
            return null;
        }
    }

    private object? WaitFor(Task<object?> task)
    {
        task.ContinueWith(_ => Pulse(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            (SendOrPostCallback Call, object? State)? next;
            lock (_lock)
            {
                _waiting = true;
                while (_next is null && !task.IsCompleted && !_interrupt.IsCancellationRequested) Monitor.Wait(_lock);
                (next, _next, _waiting) = (_next, null, false);
            }
            if (next is { } work) Invoke(work.Call, work.State);
            else if (!task.IsCompleted) throw new OperationCanceledException(_interrupt);
        }
        return task.GetAwaiter().GetResult();
    }

    private void Invoke(SendOrPostCallback call, object? state)
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        try
        {
            call(state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void Pulse()
    {
        lock (_lock) Monitor.PulseAll(_lock);
    }
}

/// <summary>The value of an expression that has none, such as an awaited <see cref="Task"/>.</summary>
internal sealed class NoValue
{
    public static readonly NoValue Instance = new();
}
