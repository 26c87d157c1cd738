using System.Reflection;

namespace DeepLearning.Tests.Promises;

/// <summary>What the library promises: each of these is to have a golden row, and where it has a derivative a gradient row.</summary>
internal static class PublicThings
{
    private static readonly Type[] s_kinds =
        [typeof(Layer), typeof(Loss), typeof(AdversarialLoss), typeof(Optimizer), typeof(Initializer), typeof(Schedule), typeof(Penalty)];

    private static readonly Type[] s_exported = [.. typeof(Tensor).Assembly.GetExportedTypes().Where(type => type.Namespace == "DeepLearning")];

    /// <summary>Layers, losses, optimizers, initializers, schedules, penalties, and whatever else makes tensors of tensors.</summary>
    public static IEnumerable<Type> Types => s_exported.Where(type => Kind(type) is not null && !type.IsAbstract || IsFunction(type));

    /// <summary>The methods and operators of <see cref="Tensor"/> that make tensors of tensors, every overload.</summary>
    public static IEnumerable<MethodInfo> Operations => typeof(Tensor).GetMethods(Public).Where(MakesTensorsOfTensors);

    /// <summary>Whether there is something to differentiate: an optimizer, a schedule and an initializer have no derivative.</summary>
    public static bool HasGradient(Type type) => Kind(type) is not { } kind || !kind.IsAssignableTo(typeof(Optimizer))
        && !kind.IsAssignableTo(typeof(Schedule)) && !kind.IsAssignableTo(typeof(Initializer));

    /// <summary>Such as <c>Tensor.Sum(int[], bool)</c>.</summary>
    public static string NameOf(MethodInfo method) => $"Tensor.{method.Name}({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))})";

    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static Type? Kind(Type type) => s_kinds.FirstOrDefault(type.IsAssignableTo);

    // A class that is none of the kinds, such as GaussianDivergence, but computes with tensors.
    private static bool IsFunction(Type type) =>
        type.IsClass && type != typeof(Tensor) && !type.IsAssignableTo(typeof(Tensor)) && Kind(type) is null
        && (!type.IsAbstract || type.IsSealed) && type.GetMethods(Public).Any(MakesTensorsOfTensors);

    private static bool MakesTensorsOfTensors(MethodInfo method) =>
        IsTensor(method.ReturnType) && (!method.IsStatic && method.DeclaringType == typeof(Tensor) && !IsProperty(method)
            || method.GetParameters().Any(parameter => IsTensor(parameter.ParameterType)));

    private static bool IsProperty(MethodInfo method) => method.IsSpecialName && method.Name.StartsWith("get_", StringComparison.Ordinal)
        && method.GetParameters().Length == 0;

    private static bool IsTensor(Type type) => type == typeof(Tensor) || type.HasElementType && IsTensor(type.GetElementType()!)
        || type.IsGenericType && type.GetGenericArguments().Any(IsTensor);
}
