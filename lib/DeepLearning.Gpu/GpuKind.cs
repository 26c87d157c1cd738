namespace DeepLearning;

/// <summary>What runs the kernels of a <see cref="GpuDevice"/>.</summary>
public enum GpuKind
{
    /// <summary>A card of NVIDIA's, through the CUDA driver.</summary>
    Cuda,
    /// <summary>Any card with an OpenCL 2.0 driver.</summary>
    OpenCL,
    /// <summary>
    /// ILGPU's stand-in on the processor: the same kernels, hundreds of times slower than <see cref="Device.Cpu"/>. For tests and lessons.
    /// </summary>
    Cpu,
}
