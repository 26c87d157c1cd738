using System.Reflection;

namespace DeepLearning.Tests.Operations;

/// <summary>Every public operation names the argument that is null, found by reflection so that none is forgotten.</summary>
public class NullArgumentTests
{
    private static readonly NullabilityInfoContext s_nullability = new();

    private static readonly MethodInfo[] s_operations =
    [
        .. typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsGenericMethod && m.GetCustomAttribute<ObsoleteAttribute>() is null && m.GetParameters().Any(MustNotBeNull)),
    ];

    public static TheoryData<string> Operations => [.. s_operations.Select(Signature)];

    [Theory, MemberData(nameof(Operations))]
    public void NullIsNamed(string signature)
    {
        MethodInfo operation = s_operations.Single(m => Signature(m) == signature);
        ParameterInfo[] parameters = operation.GetParameters();
        foreach (ParameterInfo missing in parameters.Where(MustNotBeNull))
        {
            object?[] arguments = [.. parameters.Select(p => p == missing ? null : Some(p.ParameterType))];
            Tensor? x = operation.IsStatic ? null : Tensor.Ones(2, 2);
            Exception? thrown = Assert.Throws<TargetInvocationException>(() => operation.Invoke(x, arguments)).InnerException;
            Assert.Equal(missing.Name, Assert.IsType<ArgumentNullException>(thrown).ParamName);
        }
    }

    // What stands in spans, which reflection cannot pass.
    [Fact]
    public void NullInAListIsNamed()
    {
        Tensor x = Tensor.Ones(2, 2), none = null!;
        Check(() => Tensor.Concatenate(0, x, none), "tensors", "Tensor 1 of 2 is null.");
        Check(() => Tensor.Stack(0, none), "tensors", "Tensor 0 of 1 is null.");
        Check(() => Tensor.Einsum("ij,ij->", x, none), "tensors", "Tensor 1 of 2 is null.");
        Check(() => Tensor.Einsum(null!, x), "formula", "");
        Check(() => Tensor.From((float[])null!), "values", "");
        Check(() => Tensor.From((double[])null!, 1), "values", "");
        Check(() => Tensor.From((int[])null!), "values", "");
        Check(() => Tensor.Uniform(null!, 0, 1, 2), "generator", "");
        Check(() => Tensor.Normal(null!, 0, 1, 2), "generator", "");

        static void Check(Func<Tensor> use, string name, string message)
        {
            ArgumentNullException thrown = Assert.Throws<ArgumentNullException>(use);
            Assert.Equal(name, thrown.ParamName);
            Assert.StartsWith(message, thrown.Message);
        }
    }

    private static string Signature(MethodInfo m) =>
        $"{m.Name}({string.Join(", ", m.GetParameters().Select(p => $"{p.ParameterType.Name} {p.Name}"))})";

    private static bool MustNotBeNull(ParameterInfo p) => !p.ParameterType.IsValueType && !p.IsOut && p.ParameterType != typeof(object)
        && s_nullability.Create(p).WriteState == NullabilityState.NotNull && !p.Member.Name.StartsWith("Record", StringComparison.Ordinal)
        && ((MethodInfo)p.Member).GetParameters().All(other => !other.ParameterType.IsByRefLike);

    private static object? Some(Type type) =>
        type == typeof(Tensor) ? Tensor.Ones(2, 2)
        : type == typeof(Shape) ? new Shape(2, 2)
        : type == typeof(Generator) ? new Generator(1)
        : type == typeof(Device) ? Device.Cpu
        : type == typeof(int[]) ? new[] { 0 }
        : type == typeof(string) ? "ij->ij"
        : type.IsByRef || !type.IsValueType ? null
        : Activator.CreateInstance(type);
}
