namespace DeepLearning.Course.Notebooks;

/// <summary>A file that cannot be read as a notebook; the message is one sentence that says what is wrong and what to do.</summary>
public sealed class NotebookException(string message, Exception? inner = null) : Exception(message, inner);
