namespace DeepLearning;

// Functions of one tensor, element by element, made of others, so that every device has them.
public partial class Tensor
{
    /// <summary>The least whole number ≥ x; derivative 0.</summary>
    public Tensor Ceiling() => -(-this).Floor();

    /// <summary>
    /// The nearest whole number, and of two as near the even one: 0.5 and −0.5 become 0, 1.5 and 2.5 become 2; derivative 0.
    /// </summary>
    public Tensor Round()
    {
        Tensor x = Detach(), below = x.Floor(), rest = x - below;
        // Between two whole numbers the even one is twice the whole part of half the greater.
        Tensor even = 2 * ((below + 1) / 2).Floor();
        Tensor y = Where(Equal(rest, 0.5), even, below + (rest > 0.5));
        return Record("round", y, new RoundState(), static (op, g) => op.Send(0, Full(0, g.Shape, g.Device)), this);
    }

    /// <summary>ln(1 + x), with all its digits where x is near 0 and 1 + x has lost them.</summary>
    public Tensor Log1p()
    {
        // u = 1 + x as it was rounded; ln u · x/(u − 1) makes up for that, since ln u/(u − 1) hardly changes near 1 (Kahan).
        Tensor x = Detach(), u = 1 + x, plain = u.Log();
        Tensor exact = Where(Equal(u, 1), x, plain * x / (u - 1)), y = Where(u < double.PositiveInfinity, exact, plain);
        return Record("log1p", y, new Log1pState(), static (op, g) => op.Send(0, g / (1 + op[0])), this);
    }

    /// <summary>eˣ − 1, with all its digits where x is near 0 and eˣ near 1: tanh(x/2)·(eˣ + 1).</summary>
    public Tensor Expm1()
    {
        Tensor x = Detach(), y = (x / 2).Tanh() * (x.Exp() + 1);
        return Record("expm1", y, new Expm1State(), static (op, g) => op.Send(0, g * op[0].Exp()), this);
    }
}

/// <summary>The nearest whole number.</summary>
internal readonly record struct RoundState : IOperationState;

/// <summary>ln(1 + x)</summary>
internal readonly record struct Log1pState : IOperationState;

/// <summary>eˣ − 1</summary>
internal readonly record struct Expm1State : IOperationState;
