using System.Diagnostics;
using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Writes a line for each epoch (for about fifty of them, if there are more) to the console, and where the console is live rewrites the
/// last line up to ten times a second in between.
/// </summary>
/// <example><code>
/// var model = new Dense(4, 3, new Generator(1));
/// var trainer = new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true),
///     new Adam(model.Parameters)) { Progress = new ConsoleProgress() };
/// </code></example>
public sealed class ConsoleProgress : IProgress<TrainingProgress>
{
    private const int Lines = 50;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private long _last;
    private int _width;

    /// <summary>
    /// Whether a carriage return rewrites a line: in a terminal and in a notebook, not in a file. A host that shows output sets it.
    /// </summary>
    public static bool IsLive { get; set; } = !Console.IsOutputRedirected;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (value.HasEnded) End(value);
        else if (value.Row is { } row && IsShown(value)) WriteLine($"{Head(value)}  {row}");
        else if (IsLive && Stopwatch.GetElapsedTime(_last) >= s_pause) Rewrite(value);
    }

    private static bool IsShown(TrainingProgress value)
    {
        int every = (value.Epochs + Lines - 1) / Lines;
        return value.Epoch == 1 || value.Epoch % every == 0 || value.Epoch == value.Epochs;
    }

    private static string Head(TrainingProgress value) =>
        $"epoch {value.Epoch.ToString().PadLeft(value.Epochs.ToString().Length)}/{value.Epochs}";

    private void Rewrite(TrainingProgress value)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{Head(value)}  step {value.Step}/{value.Steps}  loss {value.Loss:G4}");
        Console.Write($"\r{line.PadRight(_width)}");
        (_width, _last) = (line.Length, Stopwatch.GetTimestamp());
    }

    private void WriteLine(string line)
    {
        Console.WriteLine(_width > 0 ? $"\r{line.PadRight(_width)}" : line);
        (_width, _last) = (0, Stopwatch.GetTimestamp());
    }

    private void End(TrainingProgress value)
    {
        if (value.StopReason is { } reason) WriteLine($"stopped after epoch {value.Epoch}: {reason}");
        else if (_width > 0)
        {
            Console.WriteLine();
            _width = 0;
        }
    }
}
