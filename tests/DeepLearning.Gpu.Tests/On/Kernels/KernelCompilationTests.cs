using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace DeepLearning.Tests.Gpu;

/// <summary>Every kernel becomes PTX for NVIDIA's cards; that takes no card and no driver.</summary>
public partial class KernelCompilationTests
{
    // Products are made for these matrices, and go to these places; see GpuDevice.MatMul and GpuDevice.Conv.
    private static readonly Type[][] s_products =
    [
        [typeof(StridedMatrix<No, Yes>), typeof(StridedMatrix<No, Yes>), typeof(MatrixTarget)],
        [typeof(StridedMatrix<No, Yes>), typeof(StridedMatrix<Yes, Yes>), typeof(MatrixTarget)],
        [typeof(StridedMatrix<Yes, Yes>), typeof(StridedMatrix<No, Yes>), typeof(MatrixTarget)],
        [typeof(StridedMatrix<Yes, Yes>), typeof(StridedMatrix<Yes, Yes>), typeof(MatrixTarget)],
        [typeof(StridedMatrix<No, No>), typeof(StridedMatrix<No, No>), typeof(MatrixTarget)],
        [typeof(StridedMatrix<Yes, No>), typeof(StridedMatrix<Yes, No>), typeof(MatrixTarget)],
        [typeof(StridedMatrix<No, Yes>), typeof(StridedMatrix<Yes, Yes>), typeof(ActivatedTarget<UnaryMath.Relu>)],
        [typeof(StridedMatrix<No, Yes>), typeof(StridedMatrix<Yes, Yes>), typeof(ActivatedTarget<UnaryMath.Tanh>)],
        [typeof(StridedMatrix<No, No>), typeof(StridedMatrix<Yes, No>), typeof(ActivatedTarget<UnaryMath.Sigmoid>)],
        [typeof(StridedMatrix<No, Yes>), typeof(WindowMatrix), typeof(ImageMatrix<Yes>)],
        [typeof(StridedMatrix<No, No>), typeof(WindowMatrix), typeof(ImageMatrix<No>)],
        [typeof(FilterMatrix), typeof(GradientMatrix), typeof(ImageMatrix<Yes>)],
        [typeof(ImageMatrix<Yes>), typeof(WindowRows), typeof(MatrixTarget)],
        [typeof(ImageMatrix<No>), typeof(WindowRows), typeof(MatrixTarget)],
    ];

    private static readonly Type[] s_tiles = [typeof(Tile128), typeof(Tile64)];

    public static TheoryData<string> Kernels => [.. All().Select(Name).Order()];

    private static IEnumerable<MethodInfo> All() => typeof(GpuDevice).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Kernels"))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .SelectMany(method => method.IsGenericMethodDefinition ? TypesFor(method).Select(method.MakeGenericMethod)
            : (IEnumerable<MethodInfo>)[method]);

    // Products are made for matrices and tiles, the others for every type that their one parameter allows.
    private static IEnumerable<Type[]> TypesFor(MethodInfo kernel) => kernel.GetGenericArguments() switch
    {
        [var only] => typeof(GpuDevice).Assembly.GetTypes()
            .Where(type => type.IsValueType && !type.IsGenericType && only.GetGenericParameterConstraints().All(type.IsAssignableTo))
            .Select(type => (Type[])[type]),
        [_, _, _] => s_products,
        _ => s_products.SelectMany(types => s_tiles.Select(tile => (Type[])[.. types, tile])),
    };

    private static string Name(MethodInfo kernel) =>
        $"{kernel.DeclaringType!.Name}.{kernel.Name}" +
        $"{(kernel.IsGenericMethod ? "<" + string.Join(", ", kernel.GetGenericArguments().Select(Name)) + ">" : "")}";

    private static string Name(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;

    [Theory, MemberData(nameof(Kernels))]
    public void BecomesPtx(string name)
    {
        bool grouped = IsGrouped(Named(name));
        foreach (CudaArchitecture architecture in (CudaArchitecture[])[CudaArchitecture.SM_80, CudaArchitecture.SM_90])
        {
            string ptx = Ptx(name, architecture, CudaInstructionSet.ISA_80);
            if (Environment.GetEnvironmentVariable("PTX_FOLDER") is { } folder)
                File.WriteAllText(Path.Combine(folder, name + "." + architecture + ".ptx"), ptx);
            Assert.Contains(".target sm_", ptx);
            Assert.Contains(".visible .entry", ptx);
            // These are the card's own functions, right to a few digits only.
            Assert.DoesNotContain(".approx", ptx);
            // No branch may claim that all threads go one way: most do not, and the assembler relies on it.
            Assert.DoesNotMatch(@"@!?%p\d+\s+bra\.uni|brx\.idx\.uni", ptx);
            // A group needs no more than its threads share.
            Assert.Equal(grouped && !name.Contains("Store") && !name.EndsWith("Apply"), ptx.Contains(".shared"));
        }
    }

    [GeneratedRegex(@"^ProductKernels\.Tiled<StridedMatrix<\w+, Yes>, StridedMatrix<\w+, Yes>, MatrixTarget, Tile128>$")]
    private static partial Regex PlainLargeTiles();

    private static MethodInfo Named(string name) => All().Single(method => Name(method) == name);

    private static bool IsGrouped(MethodInfo kernel) => kernel.GetParameters()[0].ParameterType != typeof(Index1D);

    internal static string Ptx(string name, CudaArchitecture architecture, CudaInstructionSet instructions)
    {
        MethodInfo kernel = Named(name);
        EntryPointDescription entry = IsGrouped(kernel)
            ? EntryPointDescription.FromExplicitlyGroupedKernel(kernel)
            : EntryPointDescription.FromImplicitlyGroupedKernel(kernel);
        using Context context = GpuDevice.NewContext(GpuKind.Cpu);
        using PTXBackend backend = new(context, architecture, instructions, null!);
        KernelSpecialization limits = PlainLargeTiles().IsMatch(name) ? GpuDevice.TwoGroups
            : name.StartsWith("SequenceKernels") ? new(SequenceKernels.MostLanes, null) : default;
        return ((PTXCompiledKernel)backend.Compile(entry, limits)).PTXAssembly;
    }
}
