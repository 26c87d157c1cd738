using DeepLearning.Tests.Devices.Parity;

namespace DeepLearning.Tests.Gpu;

/// <summary>
/// Attention of all heads at once, as on a card: the operation and layers on top of the kernels that <see cref="DeviceParity"/> checks.
/// </summary>
public class HeadAttentionTests
{
    private static readonly GpuDevice s_card = GpuDevice.Create(GpuKind.Cpu, new(LikeACard: true, WantedGroups: 12));

    [Theory]
    [InlineData(64, 1, true)]
    [InlineData(65, 1, false)]
    [InlineData(32, 3_000_000, false)]
    [InlineData(32, 100_000_000, true)]
    public void IsForNarrowHeadsAndForFewOrVeryManyWeights(int width, long weights, bool has) =>
        Assert.Equal(has, s_card.HasAttention(width, weights));

    [Fact]
    public void TakesOneLaunchThereAndTwoBack()
    {
        using Device.DeviceSwitch _ = Device.Use(s_card);
        Generator g = new(1);
        MultiHeadAttention attention = new(8, 2, g);
        Tensor x = Tensor.Normal(g, 0, 1, 2, 5, 8);
        List<string> names = [];
        s_card.Launching = names.Add;
        attention.Forward(x).Sum().Backward();
        s_card.Launching = null;
        Assert.Equal(["AttentionKernels.Forward", "AttentionKernels.QueryGradient", "AttentionKernels.KeyGradient"],
            names.Where(name => name.StartsWith("Attention")));
        Assert.DoesNotContain("RowKernels.SoftmaxGradient", names);
    }

    [Fact]
    public void TrainsAsTheReferenceDoes()
    {
        double[] actual = Train(s_card);
        Golden.Close(Train(Device.Reference), actual, 1e-4);
        Assert.Equal(actual, Train(s_card));
    }

    // The weights of an encoder and a decoder after two steps, with dropout, padding that leaves a sequence nothing to look at, and
    // a causal mask.
    private static double[] Train(Device device)
    {
        using Device.DeviceSwitch _ = Device.Use(device);
        Generator g = new(5);
        TransformerEncoderLayer encoder = new(6, 2, 8, g);
        TransformerDecoderLayer decoder = new(6, 2, 8, g);
        Parameter[] parameters = [.. encoder.Parameters, .. decoder.Parameters];
        Optimizer optimizer = new Momentum(parameters, learningRate: 0.05);
        Tensor padding = Tensor.From([0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1], 3, 4);
        for (int step = 0; step < 2; step++)
        {
            optimizer.ClearGradients();
            Tensor memory = encoder.Encode(Tensor.Normal(g, 0, 1, 3, 4, 6), padding: padding);
            Tensor y = decoder.Decode(Tensor.Normal(g, 0, 1, 3, 5, 6), memory, memoryPadding: padding);
            (y * Tensor.Normal(g, 0, 1, 3, 5, 6)).Sum().Backward();
            optimizer.Step();
        }
        return [.. parameters.SelectMany(p => p.ToDoubles())];
    }

    // Derivatives of derivatives go through the composed form.
    [Fact]
    public void TheGradientHasAGradient()
    {
        Golden.Close(Twice(Device.Reference), Twice(s_card), 1e-4);

        static double[] Twice(Device device)
        {
            using Device.DeviceSwitch _ = Device.Use(device);
            Generator g = new(3);
            MultiHeadAttention attention = new(4, 2, g);
            Tensor x = Tensor.Normal(g, 0, 1, 2, 3, 4).RequireGradient();
            Tensor slope = Tensor.Gradients(attention.Forward(x).Square().Sum(), [x], keepGraph: true)[0];
            return Tensor.Gradients(slope.Square().Sum(), [x])[0].ToDoubles();
        }
    }
}
