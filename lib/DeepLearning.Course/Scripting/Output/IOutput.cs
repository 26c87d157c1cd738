namespace DeepLearning.Course.Scripting.Output;

/// <summary>Which of a program's two text streams a piece of text was written to.</summary>
public enum StreamName { Out, Error }

/// <summary>Receives what a cell produces, in order, while it runs. Calls may come from any thread, never two at once.</summary>
public interface IOutput
{
    /// <summary>Text written to a stream, as it comes; <c>\r</c> means "back to the start of the line", as in a terminal.</summary>
    void Stream(StreamName name, string text);

    /// <summary>Shows a rich value; one with a <see cref="DisplayData.Id"/> can be updated later.</summary>
    void Display(DisplayData data);

    /// <summary>Replaces every earlier display that has the same <see cref="DisplayData.Id"/>.</summary>
    void Update(DisplayData data);

    /// <summary>Clears the cell's output, at once or, with <paramref name="wait"/>, when the next output comes.</summary>
    void Clear(bool wait);
}

/// <summary>Implemented by an <see cref="IOutput"/> behind which somebody can be asked for a line of text.</summary>
public interface IInput
{
    /// <summary>Asks; returns at once. What was written before has reached <see cref="IOutput.Stream"/> by then.</summary>
    /// <param name="answer">To be completed with the line, or with null when there is no more.</param>
    void Ask(TaskCompletionSource<string?> answer);
}
