using System.Runtime.Intrinsics;

namespace DeepLearning.Tests.Devices.Cpu;

/// <summary>
/// A short training on the digits ends with the same weights whatever computes it. <see cref="VectorWidthTests"/> runs this class again
/// with the processor's vector instructions switched off.
/// </summary>
public class SameNumbersTests
{
    [Fact]
    public void TrainingAgreesWithTheReference()
    {
        double[] reference;
        using (Device.Use(Device.Reference)) reference = Train();
        Golden.Close(reference, Train(), 1e-4);
    }

    [Fact]
    public void OneThreadRepeatsItsNumbersBitForBit()
    {
        using (Device.Use(new CpuDevice { MaxThreads = 1 })) Assert.Equal(Train(), Train());
    }

    [Fact]
    public void TwoThreadsGiveTheNumbersOfOne()
    {
        double[] one;
        using (Device.Use(new CpuDevice { MaxThreads = 1 })) one = Train();
        using (Device.Use(new CpuDevice { MaxThreads = 2 })) Golden.Close(one, Train(), 1e-6);
    }

    [Fact]
    public void SwitchedOffVectorsAreOff()
    {
        bool Off(string name) => Environment.GetEnvironmentVariable("DOTNET_Enable" + name) == "0";
        bool none = Off("HWIntrinsic"), avx2 = none || Off("AVX2"), avx512 = avx2 || Off("AVX512");
        Assert.False(avx512 && Vector512.IsHardwareAccelerated);
        Assert.False(avx2 && Vector256.IsHardwareAccelerated);
        Assert.False(none && Vector128.IsHardwareAccelerated);
    }

    // The weights after twelve steps of a network wide enough for its products to be packed and shared among threads.
    private static double[] Train()
    {
        Dataset digits = Datasets.Digits();
        Generator generator = new(7);
        Sequential model = new(new Dense(64, 256, generator), new Relu(), new Dense(256, 40, generator), new Tanh(),
            new Dense(40, 10, generator));
        Optimizer optimizer = new Momentum(model.Parameters, learningRate: 0.05);
        SparseCategoricalCrossEntropy loss = new(fromLogits: true);
        for (int step = 0; step < 12; step++)
        {
            using (Tensor.Scope())
            {
                (Tensor x, Tensor y) = digits.Batch([.. Enumerable.Range(48 * step, 48)]);
                optimizer.ClearGradients();
                loss.Forward(model.Forward((x / 16).To(Device.Current)), y.To(Device.Current)).Backward();
                optimizer.Step();
            }
        }
        return [.. model.Parameters.SelectMany(p => p.ToDoubles())];
    }
}
