using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using DeepLearning.Kernels;

namespace DeepLearning.Course.Tests.Outside;

/// <summary>
/// An operation with a kernel of its own, added from outside: this assembly sees nothing of the library but what is public.
/// </summary>
public class OwnKernelTests
{
    // r = √(a² + b²), in one pass over memory.
    private static Tensor Hypotenuse(Tensor a, Tensor b)
    {
        Tensor r = Tensor.Empty(a.Shape, a.Device);
        if (a.Device is ReferenceDevice)
            Kernel<double>(ReferenceDevice.Span(a.Storage), ReferenceDevice.Span(b.Storage), ReferenceDevice.Span(r.Storage));
        else Kernel<float>(CpuDevice.Span(a.Storage), CpuDevice.Span(b.Storage), CpuDevice.Span(r.Storage));
        return Tensor.Record("hypotenuse", r, static (operation, gradient) =>
        {
            if (operation.Needs(0)) operation.Send(0, gradient * operation[0] / operation.Output);
            if (operation.Needs(1)) operation.Send(1, gradient * operation[1] / operation.Output);
        }, a, b);
    }

    private static void Kernel<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r) where T : IRootFunctions<T>
    {
        for (int i = 0; i < r.Length; i++) r[i] = T.Sqrt(a[i] * a[i] + b[i] * b[i]);
    }

    [Fact]
    public void ThisAssemblySeesOnlyWhatIsPublic()
    {
        string here = typeof(OwnKernelTests).Assembly.GetName().Name!;
        IEnumerable<InternalsVisibleToAttribute> friends = typeof(Tensor).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>();
        Assert.DoesNotContain(friends, friend => friend.AssemblyName == here);
    }

    [Fact]
    public void ItComputes()
    {
        Tensor r = Hypotenuse(Tensor.From([3.0, 5, 8]), Tensor.From([4.0, 12, 15]));
        Assert.Equal([5f, 13, 17], r.ToArray());
    }

    [Fact]
    public void ItsGradientIsRight()
    {
        Tensor a = Tensor.From([3.0, -5, 0.5, 2], 2, 2).RequireGradient(), b = Tensor.From([4.0, 12, -1, 0.25], 2, 2).RequireGradient();
        GradientCheck check = GradientCheck.Run(() => (Hypotenuse(a, b) * Hypotenuse(b, a * a)).Sum(), [a, b]);
        Assert.True(check.Passed, check.ToString());
    }

    [Fact]
    public void ItsGradientIsDifferentiableToo()
    {
        Tensor a = Tensor.From([3.0]).RequireGradient(), b = Tensor.From([4.0]);
        Tensor slope = Tensor.Gradients(Hypotenuse(a, b).Sum(), [a], keepGraph: true)[0];
        Tensor curvature = Tensor.Gradients(slope.Sum(), [a])[0];
        Assert.Equal(0.6, slope.ToDouble(), 1e-6);
        Assert.Equal(16.0 / 125, curvature.ToDouble(), 1e-6); // ∂²r/∂a² = b²/r³
    }

    [Fact]
    public void ItLearnsInATrainersScope()
    {
        Parameter a = new("a", Tensor.From([3.0, 1]), isWeight: true);
        Sgd optimizer = new([a], learningRate: 0.5);
        for (int step = 0; step < 50; step++)
        {
            using TensorScope scope = Tensor.Scope();
            optimizer.ClearGradients();
            (Hypotenuse(a, Tensor.From([4.0, 2])) - 5).Square().Sum().Backward();
            optimizer.Step();
        }
        Assert.Equal(3, a[0], 1e-4);
        Assert.Equal(Math.Sqrt(21), a[1], 1e-4);
    }

    [Fact]
    public void ASpanIsAsLongAsTheTensorThoughItsBlockIsLonger()
    {
        Tensor x = Tensor.Zeros(17);
        Assert.Equal(17, CpuDevice.Span(x.Storage).Length);
        CpuDevice.Span(x.Storage)[16] = 2;
        Assert.Equal(2, x[16]);
    }

    [Fact]
    public void AnotherDevicesMemoryIsRefused()
    {
        Tensor x = Tensor.Zeros(2), doubles = x.To(Device.Reference);
        Assert.Contains("x.To(Device.Cpu)", Assert.Throws<ArgumentException>(() => CpuDevice.Span(doubles.Storage)).Message);
        Assert.Contains("x.To(Device.Reference)", Assert.Throws<ArgumentException>(() => ReferenceDevice.Span(x.Storage)).Message);
    }
}
