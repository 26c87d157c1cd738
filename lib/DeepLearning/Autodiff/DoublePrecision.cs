using System.Globalization;

namespace DeepLearning;

/// <summary>Repeats a computation in double precision, whatever device its tensors are on.</summary>
internal static class DoublePrecision
{
    /// <summary>
    /// Computes <paramref name="loss"/> on <see cref="Device.Reference"/> and hands it to <paramref name="use"/>. Every tensor it was
    /// computed from is lent to that device meanwhile; what the recording does not show, because no parameter meets it, must be named in
    /// <paramref name="data"/>.
    /// </summary>
    public static T Run<T>(Func<Tensor> loss, IEnumerable<Tensor> data, Func<Tensor, T> use)
    {
        Tensor first = loss();
        if (first.Device == Device.Reference) return use(first);
        HashSet<Tensor> leaves = [.. data];
        Collect(first, leaves);
        List<IDisposable> lent = [Device.Use(Device.Reference)];
        try
        {
            foreach (Tensor leaf in leaves) lent.Add(leaf.LendToReference());
            return use(loss());
        }
        finally
        {
            foreach (IDisposable lending in lent) lending.Dispose();
        }
    }

    private static void Collect(Tensor result, HashSet<Tensor> leaves)
    {
        HashSet<Operation> seen = [];
        Stack<Tensor> left = new([result]);
        while (left.TryPop(out Tensor? next))
        {
            if (next.Origin is not { } operation) leaves.Add(next);
            else if (seen.Add(operation))
            {
                leaves.UnionWith(operation.LibraryState?.Data ?? []);
                foreach (Tensor input in operation.Inputs) left.Push(input);
            }
        }
    }
}

public partial class Tensor
{
    /// <summary>
    /// Lets this tensor's numbers be seen in double precision on <see cref="Device.Reference"/> until the result is disposed. A float32 is
    /// read as the shortest decimal it stands for, so that 0.15 is 0.15 and not 0.150000006.
    /// </summary>
    internal IDisposable LendToReference()
    {
        if (Device == Device.Reference) return new Lending(() => { });
        (Storage? storage, Device device) = (Storage, Device);
        double[] values =
            [.. ToArray().Select(v => double.Parse(v.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))];
        Storage lent = Device.Reference.Allocate(Count);
        lent.Users++;
        Device.Reference.Upload(values, lent);
        (_storage, Device) = (lent, Device.Reference);
        return new Lending(() => (_storage, Device) = (storage, device));
    }

    private sealed class Lending(Action giveBack) : IDisposable
    {
        public void Dispose() => giveBack();
    }
}
