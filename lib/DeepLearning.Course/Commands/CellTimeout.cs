using System.CommandLine;

namespace DeepLearning.Course.Commands;

/// <summary>The option <c>--timeout</c> of the commands that run notebooks.</summary>
internal static class CellTimeout
{
    public static Option<double?> Option()
    {
        var timeout = new Option<double?>("--timeout")
        {
            Description = "Seconds one cell may take; as long as it needs without it.",
            HelpName = "seconds",
        };
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is <= 0) result.AddError("--timeout must be more than 0 seconds.");
        });
        return timeout;
    }

    public static TimeSpan? Read(ParseResult parsed, Option<double?> timeout) =>
        parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
