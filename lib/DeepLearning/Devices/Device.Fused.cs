namespace DeepLearning;

public abstract partial class Device
{
    /// <summary>
    /// Whether it has the kernels of <see cref="Update(ReadOnlySpan{UpdateArgs})"/>; without them optimizers compute their formula.
    /// </summary>
    public virtual bool FusesUpdates => false;

    /// <summary>Steps of an optimizer, each for a parameter of its own; see <see cref="UpdateArgs"/>.</summary>
    public virtual void Update(ReadOnlySpan<UpdateArgs> steps) =>
        throw new NotSupportedException($"The device {Name} has no fused kernels for optimizers; FusesUpdates says so.");

    /// <summary>See <see cref="FusedProgram"/>; here step by step, each by a kernel of its own.</summary>
    public virtual void Run(in FusedProgram program)
    {
        int inputs = program.Inputs.Length, n = program.N;
        int[] lastUse = LastUses(in program);
        Storage?[] values = [.. program.Inputs, .. new Storage?[program.Steps.Length]];
        for (int i = 0; i < program.Steps.Length; i++)
        {
            FusedStep step = program.Steps[i];
            Storage result = values[inputs + i] = Allocate(n);
            Storage left = Operand(step.Left);
            if (step.Unary is { } unary) Unary(unary, left, result, n, step.A, step.B);
            if (step.Binary is { } binary)
            {
                Storage right = Operand(step.Right);
                Binary(binary, left, [1], right, [1], result, [n]);
                FreeOperand(step.Right, right);
            }
            FreeOperand(step.Left, left);
            for (int v = inputs; v < inputs + i; v++)
            {
                if (lastUse[v] == i) Free(values[v]!);
            }
        }
        foreach ((int step, Storage target) in program.Targets) Copy(values[inputs + step]!, 0, [1], target, 0, [1], [n], add: false);
        for (int v = inputs; v < values.Length; v++)
        {
            if (lastUse[v] == program.Steps.Length) Free(values[v]!);
        }

        Storage Operand(in FusedOperand operand)
        {
            Storage value = values[operand.Value]!;
            if (operand.IsPlain) return value;
            Storage scaled = Allocate(n);
            Unary(UnaryOp.Affine, value, scaled, n, operand.Scale, operand.Shift);
            return scaled;
        }

        void FreeOperand(in FusedOperand operand, Storage storage)
        {
            if (!operand.IsPlain) Free(storage);
        }
    }

    /// <summary>For each value of a program the last step that reads it; the number of steps if it is written to a target.</summary>
    private static int[] LastUses(in FusedProgram program)
    {
        int inputs = program.Inputs.Length;
        int[] lastUse = new int[inputs + program.Steps.Length];
        for (int i = 0; i < program.Steps.Length; i++)
        {
            lastUse[inputs + i] = i;
            lastUse[program.Steps[i].Left.Value] = i;
            if (program.Steps[i].Binary is not null) lastUse[program.Steps[i].Right.Value] = i;
        }
        foreach ((int step, _) in program.Targets) lastUse[inputs + step] = program.Steps.Length;
        return lastUse;
    }
}
