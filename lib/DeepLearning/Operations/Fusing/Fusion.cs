namespace DeepLearning;

/// <summary>
/// Lets tensors of one shape be computed later, together: an operation element by element on a tensor of <see cref="Read"/> computes
/// nothing but is noted, and when results are wanted the device makes them in one pass over memory (<see cref="Device.Run"/>), so that what
/// lies between costs no memory. An optimizer's formula runs in one. Anything else asked of such a tensor (its numbers, a sum, a matrix
/// product) computes it there and then.
/// </summary>
internal sealed class Fusion : IDisposable
{
    [ThreadStatic] private static Fusion? s_current;
    // A list that an earlier one is done with, since a step of training opens one for every parameter.
    [ThreadStatic] private static List<Node>? s_idle;

    private readonly Shape _shape;
    private readonly Device _device;
    private readonly List<Node> _nodes = s_idle ?? [];

    /// <summary>Something that is computed from, or a step.</summary>
    private readonly record struct Node(Storage? Input, FusedStep Step);

    public Fusion(Shape shape, Device device)
    {
        if (s_current is not null)
            throw new InvalidOperationException("An optimizer's step was made within another's; end the first one first.");
        (_shape, _device) = (shape, device);
        (s_current, s_idle) = (this, null);
    }

    /// <summary>Whether tensors can still be noted.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>A tensor's numbers as they are now; later changes of the tensor do not reach it.</summary>
    public Tensor Read(Tensor tensor) => Later(Input(tensor));

    /// <summary>f(x), noted; null if x is not a tensor that can be noted.</summary>
    public static Tensor? TryMap(UnaryOp op, PendingTensor x, double a, double b)
    {
        Fusion fusion = x.Fusion;
        if (!fusion.IsOpen) return null;
        FusedOperand v = x.Value;
        return fusion.Later(op switch
        {
            UnaryOp.Affine => new FusedOperand(v.Value, a * v.Scale, a * v.Shift + b),
            UnaryOp.Square => fusion.Multiply(v, v),
            _ => fusion.Add(new FusedStep(op, v, a, b)),
        });
    }

    /// <summary>f(x, z), noted; null if the two are not of one shape, or one of them is on another device.</summary>
    public static Tensor? TryCombine(BinaryOp op, Tensor x, Tensor z)
    {
        Fusion fusion = (x as PendingTensor ?? (PendingTensor)z).Fusion;
        if (!fusion.IsOpen || !fusion.Takes(x) || !fusion.Takes(z)) return null;
        FusedOperand left = fusion.Input(x), right = fusion.Input(z);
        return fusion.Later(op switch
        {
            BinaryOp.Subtract => fusion.Add(new FusedStep(BinaryOp.Add, left, new FusedOperand(right.Value, -right.Scale, -right.Shift))),
            BinaryOp.Multiply => fusion.Multiply(left, right),
            BinaryOp.Divide => fusion.Divide(left, right),
            _ => fusion.Add(new FusedStep(op, left, right)),
        });
    }

    /// <summary>Computes one value into memory of its own.</summary>
    public Storage Compute(FusedOperand value)
    {
        Storage target = _device.Allocate(_shape.Count);
        _device.Run(Program([(value, target)]));
        return target;
    }

    /// <summary>Computes values and overwrites tensors with them, all at once: each is computed from what was there before.</summary>
    public void Write(ReadOnlySpan<(Tensor Target, Tensor Value)> results)
    {
        var values = new (FusedOperand, Storage)[results.Length];
        for (int i = 0; i < values.Length; i++) values[i] = (Input(results[i].Value), results[i].Target.Storage);
        _device.Run(Program(values));
    }

    /// <summary>To be called before a tensor's numbers are changed in place: what was noted goes on from a copy of the old ones.</summary>
    public static void BeforeWrite(Storage storage)
    {
        if (s_current is not { } fusion) return;
        for (int i = 0; i < fusion._nodes.Count; i++)
        {
            if (fusion._nodes[i].Input != storage) continue;
            Storage copy = storage.Device.Allocate(storage.Length);
            storage.Device.Copy(storage, 0, [1], copy, 0, [1], [fusion._shape.Count], add: false);
            copy.Users++;
            storage.Release();
            fusion._nodes[i] = new Node(copy, default);
        }
    }

    /// <summary>Nothing can be noted any more, and what was not asked for is not computed.</summary>
    public void Dispose()
    {
        IsOpen = false;
        s_current = null;
        foreach (Node node in _nodes) node.Input?.Release();
        _nodes.Clear();
        s_idle = _nodes;
    }

    private bool Takes(Tensor tensor) => tensor.Device == _device && tensor.Shape.Equals(_shape);

    private PendingTensor Later(FusedOperand value) => new(_shape, _device, this, value);

    private FusedOperand Input(Tensor tensor)
    {
        if (tensor is PendingTensor pending && pending.Fusion == this) return pending.Value;
        Storage storage = tensor.Storage;
        for (int i = 0; i < _nodes.Count; i++)
        {
            if (_nodes[i].Input == storage) return new FusedOperand(i, 1, 0);
        }
        storage.Users++;
        _nodes.Add(new Node(storage, default));
        return new FusedOperand(_nodes.Count - 1, 1, 0);
    }

    private FusedOperand Add(FusedStep step)
    {
        _nodes.Add(new Node(null, step));
        return new FusedOperand(_nodes.Count - 1, 1, 0);
    }

    // (a·x)(b·z) = ab·(xz): the factor waits for a step that has room for it.
    private FusedOperand Multiply(FusedOperand x, FusedOperand z)
    {
        double scale = TakeFactor(ref x) * TakeFactor(ref z);
        return Add(new FusedStep(BinaryOp.Multiply, x, z)) with { Scale = scale };
    }

    private FusedOperand Divide(FusedOperand x, FusedOperand z)
    {
        double scale = TakeFactor(ref x) / TakeFactor(ref z);
        return Add(new FusedStep(BinaryOp.Divide, x, z)) with { Scale = scale };
    }

    private static double TakeFactor(ref FusedOperand operand)
    {
        if (operand.Shift != 0 || operand.Scale == 0) return 1;
        double factor = operand.Scale;
        operand = operand with { Scale = 1 };
        return factor;
    }

    // What the results need, in order, numbered as a program numbers its values.
    private FusedProgram Program(ReadOnlySpan<(FusedOperand Value, Storage Target)> results)
    {
        bool[] needed = new bool[_nodes.Count];
        int copies = 0;
        foreach ((FusedOperand value, _) in results)
        {
            needed[value.Value] = true;
            if (IsCopy(value)) copies++;
        }
        int inputCount = 0, stepCount = 0;
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            if (!needed[i]) continue;
            if (_nodes[i].Input is not null)
            {
                inputCount++;
                continue;
            }
            stepCount++;
            FusedStep step = _nodes[i].Step;
            needed[step.Left.Value] = true;
            if (step.Binary is not null) needed[step.Right.Value] = true;
        }
        FusedProgram program = new(new Storage[inputCount], new FusedStep[stepCount + copies], new (int, Storage)[results.Length],
            _shape.Count);
        int[] number = new int[_nodes.Count];
        int input = 0, next = 0;
        for (int i = 0; i < _nodes.Count; i++)
        {
            if (!needed[i]) continue;
            if (_nodes[i].Input is { } storage)
            {
                program.Inputs[number[i] = input++] = storage;
                continue;
            }
            FusedStep step = _nodes[i].Step;
            FusedOperand left = Numbered(step.Left, number);
            program.Steps[next] = step.Binary is { } binary
                ? new FusedStep(binary, left, Numbered(step.Right, number))
                : new FusedStep(step.Unary!.Value, left, step.A, step.B);
            number[i] = inputCount + next++;
        }
        for (int i = 0; i < results.Length; i++)
        {
            (FusedOperand value, Storage target) = results[i];
            bool isCopy = IsCopy(value);
            if (isCopy) program.Steps[next] = new FusedStep(UnaryOp.Affine, Numbered(value, number), 1, 0);
            program.Targets[i] = (isCopy ? next++ : number[value.Value] - inputCount, target);
        }
        return program;
    }

    // Whether a result is not that of a step as it is.
    private bool IsCopy(FusedOperand value) => !value.IsPlain || _nodes[value.Value].Input is not null;

    private static FusedOperand Numbered(FusedOperand operand, int[] number) => operand with { Value = number[operand.Value] };
}

/// <summary>A tensor that is computed when its numbers are wanted.</summary>
internal sealed class PendingTensor(Shape shape, Device device, Fusion fusion, FusedOperand value) : Tensor(shape, device)
{
    /// <summary>Where it was noted.</summary>
    public Fusion Fusion => fusion;

    /// <summary>What it will be.</summary>
    public FusedOperand Value => value;
}
