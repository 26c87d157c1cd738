using System.Runtime.InteropServices;

namespace DeepLearning;

/// <summary>NVIDIA's driver, asked directly why there is no card: ILGPU does not say.</summary>
internal static unsafe class CudaDriver
{
    private const int NoDevice = 100;

    public static string WhyNot()
    {
        string library = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        if (!NativeLibrary.TryLoad(library, out nint driver) || !NativeLibrary.TryGetExport(driver, "cuInit", out nint init) ||
            !NativeLibrary.TryGetExport(driver, "cuDriverGetVersion", out nint getVersion))
            return $"no NVIDIA driver was found ({library})";
        int error = ((delegate* unmanaged<uint, int>)init)(0), version = 0;
        ((delegate* unmanaged<int*, int>)getVersion)(&version);
        return error switch
        {
            0 => $"the NVIDIA driver is too old, it is for CUDA {version / 1000}.{version % 1000 / 10}; install a newer one",
            NoDevice => Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") is { } visible
                ? $"the NVIDIA driver sees no card while CUDA_VISIBLE_DEVICES is '{visible}'"
                : "the NVIDIA driver sees no card (nvidia-smi lists them)",
            _ => $"the NVIDIA driver does not start, error {error} (nvidia-smi may say why)",
        };
    }
}
