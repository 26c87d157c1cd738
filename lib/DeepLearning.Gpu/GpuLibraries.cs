using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace DeepLearning;

/// <summary>
/// Finds the drivers' libraries. A machine that only runs programs has libcuda.so.1 and libOpenCL.so.1; the names without a number,
/// which ILGPU asks for, come with the packages for developing.
/// </summary>
internal static class GpuLibraries
{
    // Done once, and nobody looks for a driver before it is: ILGPU asks for each library a single time.
    private static readonly Lazy<bool> s_registered = new(SetResolver);

    public static void Register() => _ = s_registered.Value;

    private static bool SetResolver()
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
            return true;
        }
        catch (InvalidOperationException)
        {
            // Somebody else has set one already; theirs stays.
            return false;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        string? versioned = name switch { "cuda" => "libcuda.so.1", "OpenCL" => "libOpenCL.so.1", _ => null };
        return versioned is not null && !NativeLibrary.TryLoad(name, assembly, path, out _)
            && NativeLibrary.TryLoad(versioned, out nint handle) ? handle : 0;
    }
}
