namespace DeepLearning.Kernels;

/// <summary>What is done to the last two operands of an instruction.</summary>
internal enum FusedTerm
{
    /// <summary>z</summary>
    Plain,
    /// <summary>√z</summary>
    Root,
    /// <summary>|z|</summary>
    Abs,
    /// <summary>−1, 0 or 1</summary>
    Sign,
    /// <summary>max(z, 0)</summary>
    Relu,
    /// <summary>1/z</summary>
    Reciprocal,
    /// <summary>z·u</summary>
    Product,
    /// <summary>z/u</summary>
    Quotient,
    /// <summary>z/(UScale·√u + UShift)</summary>
    QuotientByRoot,
    /// <summary>max(z, u)</summary>
    Maximum,
    /// <summary>min(z, u)</summary>
    Minimum,
}

/// <summary>
/// One pass over a block: y = Scale·term(z, u) + Shift, or with x, y = XScale·x + Scale·term(z, u) + Shift. Several steps of a program are
/// one instruction where they can be: a product or quotient and the sum it goes into, a root and the quotient it divides.
/// </summary>
internal sealed record FusedInstruction
{
    /// <summary>The step whose result this is.</summary>
    public required int Step { get; init; }
    /// <summary>term</summary>
    public required FusedTerm Term { get; init; }
    /// <summary>z, scaled and shifted as it is read.</summary>
    public required FusedOperand Z { get; init; }
    /// <summary>u, scaled and shifted as it is read; null for a term of one.</summary>
    public FusedOperand? U { get; init; }
    /// <summary>x; null if nothing is added.</summary>
    public FusedOperand? X { get; init; }
    /// <summary>What the term is multiplied by.</summary>
    public required double Scale { get; init; }
    /// <summary>What is added.</summary>
    public required double Shift { get; init; }
    /// <summary>What the root is multiplied by in <see cref="FusedTerm.QuotientByRoot"/>.</summary>
    public double RootScale { get; init; }
    /// <summary>What is added to it.</summary>
    public double RootShift { get; init; }

    /// <summary>Whether z and u are taken as they are and nothing is added to the term.</summary>
    public bool IsSimple => Shift == 0 && Z.IsPlain && (U is not { } u || u.IsPlain);

    /// <summary>Whether it reads a value.</summary>
    public bool Reads(int value) => Z.Value == value || (U is { } u && u.Value == value) || (X is { } x && x.Value == value);

    /// <summary>A program's steps as instructions; null if one of them is something that there is no instruction for.</summary>
    public static List<FusedInstruction>? From(in FusedProgram program)
    {
        int[] uses = new int[program.Inputs.Length + program.Steps.Length];
        foreach (ref readonly FusedStep step in program.Steps.AsSpan())
        {
            uses[step.Left.Value]++;
            if (step.Binary is not null) uses[step.Right.Value]++;
        }
        foreach ((int step, _) in program.Targets) uses[program.Inputs.Length + step]++;

        List<FusedInstruction> instructions = new(program.Steps.Length);
        for (int i = 0; i < program.Steps.Length; i++)
        {
            if (TermOf(program.Steps[i]) is not { } term) return null;
            instructions.Add(FromStep(i, program.Steps[i], term, instructions, uses, program.Inputs.Length));
        }
        return instructions;
    }

    private static FusedInstruction FromStep(int i, in FusedStep step, FusedTerm term, List<FusedInstruction> before,
        int[] uses, int inputs)
    {
        FusedOperand left = step.Left, right = step.Right;
        if (step.Binary == BinaryOp.Add)
        {
            // z·u or z/u that nothing else needs is made on the way.
            if (Take(right, isRoot: false) is { } ofRight)
                return ofRight with { Step = i, X = left, Scale = right.Scale, Shift = left.Shift + right.Shift };
            if (Take(left, isRoot: false) is { } ofLeft)
                return ofLeft with { Step = i, X = right, Scale = left.Scale, Shift = left.Shift + right.Shift };
            return new FusedInstruction
            {
                Step = i, Term = FusedTerm.Plain, Z = right with { Scale = 1, Shift = 0 }, X = left, Scale = right.Scale,
                Shift = left.Shift + right.Shift,
            };
        }
        if (step.Binary == BinaryOp.Divide && Take(right, isRoot: true) is { } root)
        {
            // √(k·u) = √k·√u
            bool split = root.Z.Shift == 0 && root.Z.Scale > 0;
            return new FusedInstruction
            {
                Step = i, Term = FusedTerm.QuotientByRoot, Z = left, U = split ? root.Z with { Scale = 1 } : root.Z, Scale = 1, Shift = 0,
                RootScale = split ? right.Scale * Math.Sqrt(root.Z.Scale) : right.Scale, RootShift = right.Shift,
            };
        }
        bool affine = step.Unary == UnaryOp.Affine;
        return new FusedInstruction
        {
            Step = i, Term = term, Z = left, U = step.Binary is null ? null : right, Scale = affine ? step.A : 1,
            Shift = affine ? step.B : 0,
        };

        // The instruction that makes an operand, taken off the list if nothing else reads its result: a product or quotient, or a root.
        FusedInstruction? Take(FusedOperand operand, bool isRoot)
        {
            if (operand.Value < inputs || uses[operand.Value] != 1) return null;
            int at = before.Count - 1;
            while (before[at].Step != operand.Value - inputs) at--;
            FusedInstruction found = before[at];
            bool fits = isRoot
                ? found.Term == FusedTerm.Root
                : found.Term is FusedTerm.Product or FusedTerm.Quotient or FusedTerm.QuotientByRoot;
            if (!fits || found.X is not null) return null;
            before.RemoveAt(at);
            return found;
        }
    }

    private static FusedTerm? TermOf(in FusedStep step) => step.Binary switch
    {
        BinaryOp.Add => FusedTerm.Plain,
        BinaryOp.Multiply => FusedTerm.Product,
        BinaryOp.Divide => FusedTerm.Quotient,
        BinaryOp.Maximum => FusedTerm.Maximum,
        BinaryOp.Minimum => FusedTerm.Minimum,
        null => step.Unary switch
        {
            UnaryOp.Affine => FusedTerm.Plain,
            UnaryOp.Sqrt => FusedTerm.Root,
            UnaryOp.Abs => FusedTerm.Abs,
            UnaryOp.Sign => FusedTerm.Sign,
            UnaryOp.Relu => FusedTerm.Relu,
            UnaryOp.Reciprocal => FusedTerm.Reciprocal,
            _ => null,
        },
        _ => null,
    };
}
