using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace DeepLearning;

// What a driver's errors mean to one who trains a model.
public sealed partial class GpuDevice
{
    // The error in a sentence; null if it is not the driver's.
    private Exception? Explain(Exception problem) => problem switch
    {
        CapabilityNotSupportedException => new InvalidOperationException(
            $"The device {Name} ({Description}) cannot run this: {Clause(problem)}. Device.Cpu runs the same models.", problem),
        AcceleratorException when IsOutOfMemory(problem) => new InsufficientMemoryException(
            $"No room on {Name} for what its driver needs beside tensors, which hold {Megabytes(BytesHeld)} " +
            $"of {Megabytes(_memoryLimit)}. Take a smaller batch or model.",
            problem),
        // 222: this PTX is newer than the driver.
        CudaException { Error: "CUDA_ERROR_INVALID_PTX" or "CUDA_ERROR_NO_BINARY_FOR_GPU" or "222" } => new InvalidOperationException(
            $"The driver of the device {Name} ({Description}) does not take a kernel: {Clause(problem)}. A newer driver may; " +
            "Device.Cpu runs the same models.",
            problem),
        // Cards report what a kernel did wrong at some later call, and then nothing works there any more.
        AcceleratorException => new InvalidOperationException(
            $"The device {Name} ({Description}) does not answer any more: {Clause(problem)}. What was on it is lost; " +
            "start the program again.",
            problem),
        _ => null,
    };

    private static bool IsOutOfMemory(Exception problem) => problem switch
    {
        OutOfMemoryException => true,
        CudaException cuda => cuda.Error == "CUDA_ERROR_OUT_OF_MEMORY",
        CLException { Error: var error } =>
            error is CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_OUT_OF_RESOURCES or CLError.CL_OUT_OF_HOST_MEMORY
                or CLError.CL_INVALID_BUFFER_SIZE,
        _ => false,
    };

    private static string Clause(Exception problem) => problem.Message.Trim().TrimEnd('.');
}
