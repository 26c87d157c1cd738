namespace DeepLearning;

/// <summary>A graph whose nodes have a class: what graph layers learn from.</summary>
/// <example><code>
/// GraphData path = new([(0, 1), (1, 2)], labels: [0, 1, 1], classes: ["end", "rest"]);
/// </code></example>
public sealed class GraphData
{
    /// <param name="edges">Pairs of nodes, each undirected edge once.</param>
    /// <param name="labels">The class of each node; their number is the number of nodes.</param>
    /// <param name="classes">A name for each class.</param>
    /// <exception cref="ArgumentException">An edge or a label names something that does not exist.</exception>
    public GraphData(IReadOnlyList<(int From, int To)> edges, IReadOnlyList<int> labels, IReadOnlyList<string> classes)
    {
        ArgumentCheck.NotNull(edges);
        ArgumentCheck.NotNull(labels);
        ArgumentCheck.NotNull(classes);
        (Edges, Labels, Classes) = (edges, labels, classes);
        foreach ((int from, int to) in edges)
        {
            if ((uint)from >= (uint)labels.Count || (uint)to >= (uint)labels.Count)
                throw new ArgumentException($"Edge {from}–{to} names a node that does not exist; the nodes are 0 to {labels.Count - 1}.");
        }
        foreach (int label in labels)
        {
            if ((uint)label >= (uint)classes.Count)
                throw new ArgumentException($"Label {label} is not one of the {classes.Count} classes.");
        }
    }

    /// <summary>N, the number of nodes.</summary>
    public int Count => Labels.Count;

    /// <summary>Pairs of nodes, each undirected edge once.</summary>
    public IReadOnlyList<(int From, int To)> Edges { get; }

    /// <summary>The class of each node.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>A short name.</summary>
    public string Name { get; init; } = "graph";

    /// <summary>What nodes and edges are.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where it is from.</summary>
    public string Source { get; init; } = "";

    /// <summary>The labels as a target, [N].</summary>
    public Tensor Y => Tensor.From([.. Labels], Count);

    /// <summary>A, [N, N]: 1 where an edge joins two nodes, both ways, else 0.</summary>
    /// <param name="selfLoops">Also join each node to itself: A + I.</param>
    public Tensor Adjacency(bool selfLoops = false)
    {
        float[] a = new float[Count * Count];
        foreach ((int from, int to) in Edges) a[from * Count + to] = a[to * Count + from] = 1;
        for (int i = 0; selfLoops && i < Count; i++) a[i * Count + i] = 1;
        return Tensor.From(a, Count, Count);
    }

    /// <summary>How many edges each node has.</summary>
    public int[] Degrees()
    {
        int[] degrees = new int[Count];
        foreach ((int from, int to) in Edges) (degrees[from], degrees[to]) = (degrees[from] + 1, degrees[to] + 1);
        return degrees;
    }

    /// <summary>Name and size in a line.</summary>
    public override string ToString() => $"{Name}: {Count} nodes, {Edges.Count} edges, classes {string.Join(", ", Classes)}";
}
