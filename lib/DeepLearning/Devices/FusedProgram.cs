namespace DeepLearning.Kernels;

/// <summary>scale·v + shift, where v is one of a program's values.</summary>
/// <param name="Value">Which: input i is value i, and the result of step i is value (number of inputs) + i.</param>
/// <param name="Scale">What v is multiplied by.</param>
/// <param name="Shift">What is added then.</param>
public readonly record struct FusedOperand(int Value, double Scale, double Shift)
{
    /// <summary>Whether it is v itself.</summary>
    public bool IsPlain => Scale == 1 && Shift == 0;
}

/// <summary>One step of a program, element by element: y = f(left), or y = f(left, right).</summary>
public readonly record struct FusedStep
{
    /// <summary>A function of one operand.</summary>
    public FusedStep(UnaryOp op, FusedOperand left, double a, double b) => (Unary, Left, A, B) = (op, left, a, b);

    /// <summary>A function of two.</summary>
    public FusedStep(BinaryOp op, FusedOperand left, FusedOperand right) => (Binary, Left, Right) = (op, left, right);

    /// <summary>f of one operand, or null.</summary>
    public UnaryOp? Unary { get; }
    /// <summary>f of two operands, or null.</summary>
    public BinaryOp? Binary { get; }
    /// <summary>The first operand.</summary>
    public FusedOperand Left { get; }
    /// <summary>The second operand of <see cref="Binary"/>.</summary>
    public FusedOperand Right { get; }
    /// <summary>The first parameter of <see cref="Unary"/>.</summary>
    public double A { get; }
    /// <summary>The second parameter of <see cref="Unary"/>.</summary>
    public double B { get; }
}

/// <summary>
/// A computation element by element whose intermediate results nobody asks for, so that a device may make it in one pass over memory.
/// All inputs are read as they were before the first target was written, also where a target is an input.
/// </summary>
/// <param name="Inputs">What it is computed from, each of <paramref name="N"/> numbers.</param>
/// <param name="Steps">What is computed, in this order.</param>
/// <param name="Targets">Where to write the result of which step.</param>
/// <param name="N">How many numbers.</param>
public readonly record struct FusedProgram(Storage[] Inputs, FusedStep[] Steps, (int Step, Storage Target)[] Targets, int N);
