namespace DeepLearning.Plotting;

/// <summary>One picture of an animation: what differs from the figure itself.</summary>
/// <param name="Label">What the slider says, for example "step 40".</param>
/// <param name="Changes">The traces that look different in this frame; all others stand still.</param>
public sealed record Frame(string Label, IReadOnlyList<TraceChange> Changes);

/// <summary>How one trace looks in one frame.</summary>
/// <param name="Trace">The trace's index, counted through all panels in reading order.</param>
/// <param name="Data">The trace in this frame.</param>
/// <param name="Reveal">
/// When set, <paramref name="Data"/> is the first so many points of the figure's own trace. The figure then carries the points once,
/// and each frame only this count.
/// </param>
public sealed record TraceChange(int Trace, Trace Data, int? Reveal = null);
