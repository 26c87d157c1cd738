namespace DeepLearning;

/// <summary>What came of running a student's code: numbers, nothing yet, or an exception in plain words.</summary>
internal sealed record Attempt(Numbers? Result, bool IsMissing, string? Problem)
{
    public static Attempt At(Func<object?> code)
    {
        try
        {
            return new(Numbers.From(code()), false, null);
        }
        catch (NotImplementedException)
        {
            return new(null, true, null);
        }
        catch (Exception e) when (e is not (OperationCanceledException or ThreadInterruptedException or ThreadAbortException))
        {
            return new(null, false, Explain(e));
        }
    }

    private static string Explain(Exception e) => e switch
    {
        IndexOutOfRangeException or ArgumentOutOfRangeException =>
            $"Your code stopped: an index is outside its list or array ({e.Message})",
        NullReferenceException => "Your code stopped: something it uses is null, so it was never given a value.",
        DivideByZeroException => "Your code stopped: a whole number was divided by 0.",
        _ => $"Your code stopped with {e.GetType().Name}: {e.Message}",
    };
}
