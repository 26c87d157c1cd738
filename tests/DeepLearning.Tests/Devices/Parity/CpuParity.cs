namespace DeepLearning.Tests.Devices.Parity;

// A device joins the parity suite with one line.

public sealed class CpuParity() : DeviceParity(Device.Cpu);

public sealed class CpuOneThreadParity() : DeviceParity(new CpuDevice { MaxThreads = 1 });

public sealed class CpuManyThreadsParity() : DeviceParity(new CpuDevice { MaxThreads = 5 });
