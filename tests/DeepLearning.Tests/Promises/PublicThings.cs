using System.Reflection;

namespace DeepLearning.Tests.Promises;

/// <summary>A type, or a method or operator that makes tensors of tensors.</summary>
/// <param name="Name">Such as <c>Relu</c>, or <c>Tensor.Sum(Int32[], Boolean)</c>.</param>
/// <param name="HasDerivative">An optimizer, a schedule and an initializer have none.</param>
/// <param name="IsIn">Whether rows run it.</param>
internal sealed record PublicThing(string Name, bool HasDerivative, Func<Evidence, bool> IsIn)
{
    /// <summary>The name without parameters, which overloads share.</summary>
    public string ShortName => Name.Split('(')[0];
}

/// <summary>What the library promises.</summary>
internal static class PublicThings
{
    private static readonly Type[] s_differentiable = [typeof(Layer), typeof(Loss), typeof(AdversarialLoss), typeof(Penalty)],
        s_others = [typeof(Optimizer), typeof(Initializer), typeof(Schedule)];

    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static PublicThing[] All { get; } = [.. Types(), .. Operations()];

    private static IEnumerable<Type> Exported => typeof(Tensor).Assembly.GetExportedTypes()
        .Where(type => type is { IsClass: true, Namespace: "DeepLearning" } && !type.IsAssignableTo(typeof(Delegate)));

    private static IEnumerable<PublicThing> Types() =>
        from type in Exported
        let differentiable = IsAny(type, s_differentiable)
        where (differentiable || IsAny(type, s_others)) && !type.IsAbstract
        select new PublicThing(type.Name, differentiable, evidence => evidence.Has(type));

    // Of tensors, of layers that have more inputs than one, and of classes of no kind, such as GaussianDivergence.
    private static IEnumerable<PublicThing> Operations() =>
        from type in Exported
        from method in type.GetMethods(Public)
        where MakesTensorsOfTensors(method) && method.GetBaseDefinition() == method
        let parameters = string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))
        select new PublicThing($"{type.Name}.{method.Name}({parameters})", !IsAny(type, s_others), evidence => evidence.Has(method));

    private static bool IsAny(Type type, Type[] kinds) => kinds.Any(type.IsAssignableTo);

    private static bool MakesTensorsOfTensors(MethodInfo method) => IsTensor(method.ReturnType)
        && (method.GetParameters().Any(parameter => IsTensor(parameter.ParameterType))
            || method.DeclaringType == typeof(Tensor) && !method.IsStatic && !IsPlainProperty(method));

    private static bool IsPlainProperty(MethodInfo method) => method.IsSpecialName && method.GetParameters().Length == 0;

    private static bool IsTensor(Type type) => type == typeof(Tensor) || type.HasElementType && IsTensor(type.GetElementType()!)
        || type.IsGenericType && type.GetGenericArguments().Any(IsTensor);
}
