using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace DeepLearning;

/// <summary>
/// Finds the drivers' libraries. A machine that only runs programs has libcuda.so.1 and libOpenCL.so.1; the names without a number, which ILGPU
/// asks for, come with the packages for developing.
/// </summary>
internal static class GpuLibraries
{
    private static bool _registered;

    public static void Register()
    {
        if (_registered || !OperatingSystem.IsLinux()) return;
        _registered = true;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // Somebody else has set one already; theirs stays.
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        string? versioned = name switch { "cuda" => "libcuda.so.1", "OpenCL" => "libOpenCL.so.1", _ => null };
        return versioned is not null && !NativeLibrary.TryLoad(name, assembly, path, out _) && NativeLibrary.TryLoad(versioned, out nint handle) ? handle : 0;
    }
}
