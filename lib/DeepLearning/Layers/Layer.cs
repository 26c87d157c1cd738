namespace DeepLearning;

/// <summary>
/// Something that turns one tensor into another, may have parameters, and may be made of other layers. A layer of your own writes
/// <see cref="Compute"/> and lists what it holds: its layers in <see cref="Children"/>, its parameters in <see cref="OwnParameters"/>; what
/// it forgets is an error.
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(2, 4, new Generator(1)), new Scaled(new Dense(4, 4, new Generator(2)), features: 4));
/// Console.WriteLine(model.Forward(Tensor.Ones(3, 2)));
///
/// sealed class Scaled(Layer inner, int features) : Layer
/// {
///     private readonly Parameter _scale = new("scale", Tensor.Ones(features), isWeight: false);
///
///     public override IEnumerable&lt;(string Name, Layer Layer)> Children => [("inner", inner)];
///
///     protected override IEnumerable&lt;Parameter> OwnParameters => [_scale];
///
///     protected override Tensor Compute(Tensor x) => inner.Forward(x) * _scale;
/// }
/// </code></example>
public abstract partial class Layer
{
    // One of the tensors of a layer that was moved: it is where the layer is.
    private Tensor? _place;

    /// <summary>
    /// Computes the output; see each layer for the shapes. A layer that was moved (<see cref="To"/>) brings x to where it is, and makes new
    /// tensors there.
    /// </summary>
    /// <exception cref="ArgumentNullException">x is null.</exception>
    public Tensor Forward(Tensor x)
    {
        LayerArguments.Given(x, nameof(x), this, "[N, …]");
        if (_place is null) return Run(x);
        using (Device.Use(_place.Device)) return Run(Here(x));
    }

    /// <summary>The function that the layer is, if it is one of each number alone, without parameters; else null.</summary>
    internal virtual UnaryOp? Function => null;

    private Tensor Run(Tensor x) => _hooks is { } hooks ? hooks.Run(this, x) : Compute(x);

    /// <summary>
    /// Brings a tensor to where this layer was moved, if it was: what <see cref="Forward"/> does with its input, and what a layer with more
    /// inputs than one does with each of them. A gradient finds the way back.
    /// </summary>
    protected Tensor Here(Tensor x) => _place is null ? x : x.Bring(_place.Device);

    /// <summary>What the layer does: a layer of your own writes this, everyone calls <see cref="Forward"/>.</summary>
    protected abstract Tensor Compute(Tensor x);

    /// <summary>
    /// The layers it is made of, by name; a wrapper gives the layer inside an empty one, so that its parameters keep their names.
    /// </summary>
    public virtual IEnumerable<(string Name, Layer Layer)> Children => [];

    /// <summary>Its own parameters, not those of its children.</summary>
    protected virtual IEnumerable<Parameter> OwnParameters => [];

    /// <summary>Its own buffers, not those of its children: what it keeps besides parameters, such as running statistics.</summary>
    protected virtual IEnumerable<LayerBuffer> OwnBuffers => [];

    /// <summary>
    /// What it draws random numbers from while it works, not those of its children; where none are drawn, as in most layers, there are
    /// none.
    /// </summary>
    protected virtual IEnumerable<Generator> OwnGenerators => [];

    /// <summary>What this layer and its children draw random numbers from while they work.</summary>
    public IEnumerable<Generator> Generators => OwnGenerators.Concat(Children.SelectMany(child => child.Layer.Generators));

    /// <summary>
    /// All parameters, its own first, then those of its children in order; one that is shared by several layers comes once.
    /// </summary>
    public IEnumerable<Parameter> Parameters => NamedParameters.Select(named => named.Parameter).Distinct();

    /// <summary>All parameters with their full names, such as <c>0.weight</c>; a shared one under each of its names.</summary>
    /// <exception cref="InvalidOperationException">
    /// A layer holds a parameter, buffer or layer that it does not list; see <see cref="Borrowed"/>.
    /// </exception>
    public IEnumerable<(string Name, Parameter Parameter)> NamedParameters =>
        Named(layer => layer.OwnParameters, parameter => parameter.Name);

    /// <summary>All buffers with their full names, such as <c>1.running_mean</c>.</summary>
    /// <exception cref="InvalidOperationException">
    /// A layer holds a parameter, buffer or layer that it does not list; see <see cref="Borrowed"/>.
    /// </exception>
    public IEnumerable<(string Name, LayerBuffer Buffer)> NamedBuffers => Named(layer => layer.OwnBuffers, buffer => buffer.Name);

    private IEnumerable<(string Name, T Tensor)> Named<T>(Func<Layer, IEnumerable<T>> own, Func<T, string> nameOf)
    {
        CheckListingOnce();
        return Walk(this);

        IEnumerable<(string, T)> Walk(Layer layer)
        {
            foreach (T tensor in own(layer)) yield return (nameOf(tensor), tensor);
            foreach ((string prefix, Layer child) in layer.Children)
            foreach ((string name, T tensor) in Walk(child))
                yield return (Join(prefix, name), tensor);
        }
    }

    private static string Join(string prefix, string name) => prefix.Length == 0 ? name : name.Length == 0 ? prefix : $"{prefix}.{name}";

    /// <summary>Everything that makes this layer behave as it does, by full name: its parameters, then its buffers.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> NamedState =>
        [.. NamedParameters.Select(named => (named.Name, (Tensor)named.Parameter)),
            .. NamedBuffers.Select(named => (named.Name, (Tensor)named.Buffer))];

    /// <summary>How many numbers its parameters hold, frozen ones too.</summary>
    public int ParameterCount => Parameters.Sum(p => p.Count);

    /// <summary>
    /// Moves all parameters and buffers to a device and returns this layer. Data need not be moved: <see cref="Forward"/> brings it, and a
    /// loss its target.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// A layer holds a parameter, buffer or layer that it does not list; see <see cref="Borrowed"/>.
    /// </exception>
    /// <example><code>
    /// Layer model = new Sequential(new Dense(2, 3, new Generator(1)), new Relu()).To(Device.Reference);
    /// </code></example>
    public Layer To(Device device)
    {
        ArgumentCheck.NotNull(device);
        CheckListing();
        foreach ((_, Tensor tensor) in NamedState) tensor.MoveTo(device);
        Settle();
        return this;
    }

    private void Settle()
    {
        _place = NamedState.FirstOrDefault().Tensor;
        foreach ((_, Layer child) in Children) child.Settle();
    }

    /// <summary>Forgets all gradients, before the next backward pass.</summary>
    public void ClearGradients()
    {
        foreach (Parameter parameter in Parameters) parameter.ClearGradient();
    }
}
