namespace DeepLearning.Tests.Gpu;

/// <summary>The two products that lesson 36 shows and times, against the reference; sizes on both sides of a tile's 4 or 16.</summary>
public class LessonProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 4, 4)]
    [InlineData(5, 3, 7)]
    [InlineData(17, 18, 16)]
    [InlineData(3, 5, 0)]
    [InlineData(0, 3, 2)]
    public void OnTheProcessor(int m, int n, int k) => Same(Devices.Processor, m, n, k);

    [Theory]
    [InlineData(16, 16, 16)]
    [InlineData(33, 15, 40)]
    public void InOpenCL(int m, int n, int k) => Same(Devices.OpenCL, m, n, k);

    [Theory]
    [InlineData(16, 16, 16)]
    [InlineData(33, 15, 40)]
    public void InCuda(int m, int n, int k) => Same(Devices.Cuda, m, n, k);

    private static void Same(GpuDevice device, int m, int n, int k)
    {
        double[] expected = Run(Device.Reference, (d, a, b, c) => d.MatMul(new MatMulArgs(a, b, c, m, n, k)));
        Golden.Close(expected, Run(device, (_, a, b, c) => device.NaiveProduct(a, b, c, m, n, k)), 1e-5);
        Golden.Close(expected, Run(device, (_, a, b, c) => device.TiledProduct(a, b, c, m, n, k)), 1e-5);

        double[] Run(Device device, Action<Device, Storage, Storage, Storage> product)
        {
            Storage a = Numbers(device, m * k, 0.7f), b = Numbers(device, k * n, 0.3f), c = device.Allocate(m * n);
            product(device, a, b, c);
            double[] result = new double[m * n];
            device.Download(c, result);
            return result;
        }
    }

    private static Storage Numbers(Device device, int count, float step)
    {
        Storage storage = device.Allocate(count);
        device.Upload((ReadOnlySpan<float>)[.. Enumerable.Range(0, count).Select(i => MathF.Sin(step * i))], storage);
        return storage;
    }
}
