namespace DeepLearning;

// Einstein's notation. Two operands at a time become one batched matrix product: labels that both have and the result keeps are the batch,
// labels that both have and nothing else needs are summed over, and the others are the rows of the left and the columns of the right.
public partial class Tensor
{
    /// <summary>
    /// Products summed over repeated labels, in Einstein's notation: <c>"ij,jk-&gt;ik"</c> is the matrix product,
    /// <c>"bhqd,bhkd-&gt;bhqk"</c> attention scores, <c>"ii-&gt;"</c> the trace, <c>"ij-&gt;j"</c> column sums. A label missing on the
    /// right is summed over.
    /// </summary>
    /// <param name="formula">A letter for each axis of each operand, an arrow, and the letters of the result in the order wanted.</param>
    /// <param name="operands">One or more; several are multiplied from left to right.</param>
    /// <exception cref="ArgumentException">The formula does not fit the operands, or a label has two lengths.</exception>
    public static Tensor Einsum(string formula, params ReadOnlySpan<Tensor> operands)
    {
        ArgumentCheck.NotNull(formula);
        CheckPresent(operands);
        (string[] inputs, string output) = ParseEinsum(formula, operands);
        Tensor result = operands[0].UniqueLabels(ref inputs[0]);
        string labels = inputs[0];
        for (int i = 1; i < inputs.Length; i++)
        {
            Tensor right = operands[i].UniqueLabels(ref inputs[i]);
            string later = string.Concat(inputs[(i + 1)..]) + output;
            (result, labels) = Contract(result, labels, right, inputs[i], later);
        }
        return result.Arrange(labels, output);
    }

    private static (string[] Inputs, string Output) ParseEinsum(string formula, ReadOnlySpan<Tensor> operands)
    {
        string[] sides = formula.Replace(" ", "").Split("->");
        if (sides.Length != 2 || !formula.All(c => char.IsAsciiLetter(c) || c is ',' or '-' or '>' or ' '))
            throw new ArgumentException($"Einsum needs letters for every axis and an arrow, such as \"ij,jk->ik\", got \"{formula}\".");
        string[] inputs = sides[0].Split(',');
        if (inputs.Length != operands.Length)
            throw new ArgumentException($"Einsum \"{formula}\" has {inputs.Length} operands, got {operands.Length}.");
        Dictionary<char, int> lengths = [];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Length != operands[i].Rank)
                throw new ArgumentException(
                    $"Einsum \"{formula}\" names {inputs[i].Length} axes of operand {i}, whose shape is {operands[i].Shape}.");
            for (int axis = 0; axis < operands[i].Rank; axis++)
            {
                int length = operands[i].Shape[axis];
                if (!lengths.TryAdd(inputs[i][axis], length) && lengths[inputs[i][axis]] != length)
                    throw new ArgumentException(
                        $"Einsum \"{formula}\": label {inputs[i][axis]} has length {lengths[inputs[i][axis]]} and {length}; " +
                        "it must be the same everywhere.");
            }
        }
        if (sides[1].Distinct().Count() != sides[1].Length || !sides[1].All(lengths.ContainsKey))
            throw new ArgumentException($"Einsum \"{formula}\": every label of the result must occur on the left, and once on the right.");
        return (inputs, sides[1]);
    }

    // A label that stands twice in one operand means its diagonal.
    private Tensor UniqueLabels(ref string labels)
    {
        Tensor x = this;
        for (int i = 0; i < labels.Length; i++)
        {
            for (int again; (again = labels.IndexOf(labels[i], i + 1)) >= 0;)
            {
                x = x.Diagonal(i, again);
                labels = labels.Remove(again, 1).Remove(i, 1) + labels[i];
            }
        }
        return x;
    }

    private static (Tensor Result, string Labels) Contract(Tensor left, string leftLabels, Tensor right, string rightLabels, string later)
    {
        left = left.Arrange(leftLabels, leftLabels = Keep(leftLabels, c => rightLabels.Contains(c) || later.Contains(c)));
        right = right.Arrange(rightLabels, rightLabels = Keep(rightLabels, c => leftLabels.Contains(c) || later.Contains(c)));
        string batch = Keep(leftLabels, c => rightLabels.Contains(c) && later.Contains(c));
        string inner = Keep(leftLabels, c => rightLabels.Contains(c) && !later.Contains(c));
        string rows = Keep(leftLabels, c => !rightLabels.Contains(c)), columns = Keep(rightLabels, c => !leftLabels.Contains(c));
        // An operand that lies the other way round is read as its transpose rather than turned.
        bool transposeA = leftLabels == batch + inner + rows, transposeB = rightLabels == batch + columns + inner;
        Shape kept = new(
            [.. Lengths(left, leftLabels, batch), .. Lengths(left, leftLabels, rows), .. Lengths(right, rightLabels, columns)]);
        Tensor a = left.Arrange(leftLabels, batch + (transposeA ? inner + rows : rows + inner))
            .Blocks(batch.Length, (transposeA ? inner : rows).Length);
        Tensor b = right.Arrange(rightLabels, batch + (transposeB ? columns + inner : inner + columns))
            .Blocks(batch.Length, (transposeB ? columns : inner).Length);
        return (MatMul(a, b, transposeA, transposeB).Reshape(kept), batch + rows + columns);

        static string Keep(string labels, Func<char, bool> which) => string.Concat(labels.Where(which));

        static IEnumerable<int> Lengths(Tensor x, string labels, string chosen) => chosen.Select(c => x.Shape[labels.IndexOf(c)]);
    }

    // Sums over the labels that are not wanted and puts the others in order.
    private Tensor Arrange(string labels, string wanted)
    {
        if (labels == wanted) return this;
        int[] summed = [.. AllAxes().Where(axis => !wanted.Contains(labels[axis]))];
        Tensor x = summed.Length == 0 ? this : Sum(summed);
        string left = string.Concat(labels.Where(c => wanted.Contains(c)));
        return left == wanted ? x : x.Permute([.. wanted.Select(c => left.IndexOf(c))]);
    }

    // [batch…, rows…, columns…] → [batch, rows, columns], or a plain matrix without a batch.
    private Tensor Blocks(int batch, int rows)
    {
        int first = Shape.Product(0, batch), second = Shape.Product(batch, batch + rows), third = Shape.Product(batch + rows, Rank);
        return Reshape(batch == 0 ? new Shape(second, third) : new Shape(first, second, third));
    }
}
