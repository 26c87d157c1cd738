using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>What <see cref="GradientCheck"/> found for one parameter.</summary>
/// <param name="Name">The parameter's name or number.</param>
/// <param name="RelativeError">The largest |analytic − numeric| / max(|analytic|, |numeric|, floor) over its numbers.</param>
/// <param name="FirstWrong">Index of the first number beyond the tolerance; null if there is none.</param>
/// <param name="Analytic">What backpropagation gave there (at the worst index if none is wrong).</param>
/// <param name="Numeric">What the difference quotient gave there.</param>
public sealed record GradientCheckRow(string Name, double RelativeError, int[]? FirstWrong, double Analytic, double Numeric);

/// <summary>
/// Compares gradients with central differences, (f(p + h) − f(p − h)) / 2h, number by number, in double precision: correct gradients agree
/// to seven digits and more.
/// </summary>
/// <param name="Rows">One row a parameter.</param>
/// <param name="Tolerance">The largest relative error that passes.</param>
/// <example><code>
/// Dense model = new(3, 2, new Generator(1));
/// Tensor x = Tensor.Ones(4, 3), y = Tensor.Zeros(4, 2);
/// GradientCheck check = GradientCheck.Run(() => new MeanSquaredError().Forward(model.Forward(x), y), model.Parameters);
/// </code></example>
public sealed record GradientCheck(IReadOnlyList<GradientCheckRow> Rows, double Tolerance)
{
    // Below this size a gradient is compared absolutely: rounding in f leaves about ε·|f|/h of noise.
    private const double Floor = 1e-3;

    /// <summary>Whether every gradient agrees.</summary>
    public bool Passed => Rows.All(row => row.FirstWrong is null);

    /// <summary>
    /// Checks the gradients of <paramref name="loss"/> with respect to <paramref name="parameters"/>, which keep their values.
    /// </summary>
    /// <param name="loss">Computes a single number from the parameters; called twice for each of their numbers, so it must not be
    /// random.</param>
    /// <param name="parameters">Tensors that need a gradient.</param>
    /// <param name="step">h; default 1e−5.</param>
    /// <param name="tolerance">Default 1e−6.</param>
    /// <param name="data">Data that the loss changes before the first parameter meets it, to be moved along to double precision.</param>
    /// <exception cref="ArgumentException">There is no parameter.</exception>
    public static GradientCheck Run(Func<Tensor> loss, IEnumerable<Tensor> parameters, double step = 1e-5, double tolerance = 1e-6,
        IEnumerable<Tensor>? data = null)
    {
        Tensor[] all = [.. parameters];
        if (all.Length == 0) throw new ArgumentException("There is no parameter to check.");
        return DoublePrecision.Run(loss, [.. all, .. data ?? []], value =>
        {
            double[][] analytic = [.. Tensor.Gradients(value, all).Select(g => g.ToDoubles())];
            return new GradientCheck(
                [.. all.Select((p, i) => Check(loss, p, p is Parameter named ? named.Name : $"#{i}", analytic[i], step, tolerance))],
                tolerance);
        });
    }

    private static GradientCheckRow Check(Func<Tensor> loss, Tensor parameter, string name, double[] analytic, double h, double limit)
    {
        double[] values = parameter.ToDoubles();
        double worst = -1;
        int shown = 0;
        int? wrong = null;
        double shownNumeric = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double numeric = (At(i, +h) - At(i, -h)) / (2 * h);
            double scale = Math.Max(Floor, Math.Max(Math.Abs(analytic[i]), Math.Abs(numeric)));
            double error = Math.Abs(analytic[i] - numeric) / scale;
            if (double.IsNaN(error)) error = double.PositiveInfinity;
            bool firstWrong = error > limit && wrong is null;
            if (firstWrong) wrong = i;
            if (firstWrong || (wrong is null && error > worst)) (shown, shownNumeric) = (i, numeric);
            worst = Math.Max(worst, error);
        }
        return new GradientCheckRow(name, Math.Max(worst, 0), wrong is { } at ? IndexOf(at, parameter.Shape) : null,
            analytic.Length == 0 ? 0 : analytic[shown], shownNumeric);

        double At(int i, double change)
        {
            double before = values[i];
            values[i] = before + change;
            parameter.Device.Upload(values, parameter.Storage);
            double result = loss().ToDouble();
            values[i] = before;
            parameter.Device.Upload(values, parameter.Storage);
            return result;
        }
    }

    private static int[] IndexOf(int at, Shape shape)
    {
        int[] index = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            index[axis] = at % shape[axis];
            at /= shape[axis];
        }
        return index;
    }

    /// <summary>A table: one row a parameter.</summary>
    public override string ToString()
    {
        StringBuilder text = new(Passed ? "gradients agree\n" : "gradients DISAGREE\n");
        text.AppendLine("parameter        relative error   backpropagation   difference quotient");
        foreach (GradientCheckRow row in Rows)
        {
            text.Append(string.Create(CultureInfo.InvariantCulture,
                $"{row.Name,-16} {row.RelativeError,14:0.0e+00} {row.Analytic,17:g9} {row.Numeric,21:g9}"));
            text.AppendLine(row.FirstWrong is null ? "" : $"   first wrong at [{string.Join(", ", row.FirstWrong)}]");
        }
        return text.ToString();
    }
}
