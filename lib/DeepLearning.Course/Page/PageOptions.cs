namespace DeepLearning.Course.Page;

/// <summary>What the page serves, and where.</summary>
/// <param name="Notebooks">The folder whose notebooks and pictures are shown; nothing outside it is.</param>
/// <param name="Port">The loopback port; 0 takes a free one.</param>
/// <param name="FrontEnd">False leaves out what npm provides (plotly.js, KaTeX, CodeMirror), as in a build without it.</param>
public sealed record PageOptions(string Notebooks, int Port = 0, bool FrontEnd = true);
