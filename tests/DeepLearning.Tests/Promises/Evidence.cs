using System.Reflection;

namespace DeepLearning.Tests.Promises;

/// <summary>
/// What tests run of the library, by their compiled code: from a test method and the property that its rows come from through every method,
/// lambda and static field of this assembly to the members of the library that are named there. A name in a string or a comment proves
/// nothing.
/// </summary>
internal sealed class Evidence
{
    private static readonly Assembly s_library = typeof(Tensor).Assembly, s_tests = typeof(Evidence).Assembly;

    // They compare; what they compute on the way is not what is compared.
    private static readonly Type[] s_harness = [typeof(Golden), typeof(Layers.FilledGolden), typeof(Operations.ImageGolden)];

    // They compare in ways of their own: sequences, steps, rates, and the distributions of initial weights.
    private static readonly Type[] s_alsoGolden =
    [
        typeof(Layers.RecurrentGoldenTests), typeof(Optimizers.OptimizerGoldenTests), typeof(Optimizers.LbfgsTests),
        typeof(Schedules.ScheduleTests), typeof(InitializerTests),
    ];

    private static readonly (MethodInfo Test, HashSet<MemberInfo> Reached)[] s_all = [.. Tests().Select(test => (test, Reach(test)))];

    private readonly HashSet<MemberInfo> _members, _byOperations;

    private Evidence(Func<Type, HashSet<MemberInfo>, bool> counts)
    {
        (MethodInfo Test, HashSet<MemberInfo> Reached)[] tests =
            s_all.Where(item => counts(item.Test.DeclaringType!, item.Reached)).ToArray();
        _members = [.. tests.SelectMany(item => item.Reached)];
        // A layer's or a loss' test uses operations in passing, on a target too, through which no gradient goes.
        _byOperations = [.. tests.Where(item => IsAboutOperations(item.Test.DeclaringType!)).SelectMany(item => item.Reached)];
    }

    /// <summary>What is compared with numbers of PyTorch.</summary>
    public static Evidence OfGoldenRows { get; } = new((type, reached) => s_alsoGolden.Contains(type) || reached.Any(IsGoldenCheck));

    /// <summary>What is compared with central differences.</summary>
    public static Evidence OfGradientRows { get; } =
        new((type, reached) => type != typeof(Autodiff.GradientCheckTests) && reached.Any(IsGradientCheck));

    /// <summary>Whether a row calls it; for an operation of tensors a row of operations.</summary>
    public bool Has(MethodInfo method) => (method.DeclaringType == typeof(Tensor) ? _byOperations : _members).Contains(method);

    /// <summary>
    /// Whether an instance is made, by its constructor or by a factory such as <c>Init.HeUniform</c>, or a static method is called.
    /// </summary>
    public bool Has(Type type) => _members.OfType<MethodBase>().Any(member => member.DeclaringType == type || Makes(member, type));

    private static bool IsAboutOperations(Type test) => test.Namespace is "DeepLearning.Tests.Operations" or "DeepLearning.Tests.Autodiff";

    private static bool IsGoldenCheck(MemberInfo member) => s_harness.Contains(member.DeclaringType) && member.Name == nameof(Golden.Check);

    private static bool IsGradientCheck(MemberInfo member) => member.DeclaringType == typeof(GradientCheck)
        || member.DeclaringType == typeof(Layers.FilledGolden) && member.Name == nameof(Layers.FilledGolden.CheckDifferences);

    private static bool Makes(MethodBase member, Type type)
    {
        if (member is not MethodInfo { IsStatic: true } factory || factory.DeclaringType!.Assembly != s_library) return false;
        if (!factory.ReturnType.IsAssignableFrom(type)) return false;
        return factory.IsSpecialName && factory.GetParameters().Length == 0
            ? factory.Invoke(null, null)?.GetType() == type
            : Instructions.MembersOf(factory).Any(made => made is ConstructorInfo && made.DeclaringType == type);
    }

    private static IEnumerable<MethodInfo> Tests() => s_tests.GetTypes().Where(type => type.Namespace != typeof(Evidence).Namespace)
        .SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttributes<FactAttribute>().Any());

    // Members of the library and of the harness.
    private static HashSet<MemberInfo> Reach(MethodInfo test)
    {
        HashSet<MemberInfo> reached = [];
        HashSet<MethodBase> seen = [];
        Stack<MethodBase> open = new([test, .. RowsOf(test)]);
        while (open.TryPop(out MethodBase? method))
        {
            if (!seen.Add(method)) continue;
            foreach (MemberInfo member in Instructions.MembersOf(method))
            {
                Type type = member.DeclaringType!;
                if (type.Assembly == s_library || s_harness.Contains(type)) reached.Add(member);
                else if (type.Assembly == s_tests) Follow(member, type, open);
            }
        }
        return reached;
    }

    private static void Follow(MemberInfo member, Type type, Stack<MethodBase> open)
    {
        if (member is FieldInfo { IsStatic: true } && type.TypeInitializer is { } initializer) open.Push(initializer);
        if (member is MethodBase called) open.Push(called);
        // A class of the tests' own, or what the compiler makes of an iterator: whoever holds it calls its methods.
        if (member is ConstructorInfo) Array.ForEach(type.GetMethods(Declared), open.Push);
    }

    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static IEnumerable<MethodBase> RowsOf(MethodInfo test) => test.GetCustomAttributes<MemberDataAttribute>()
        .Select(data => (data.MemberType ?? test.DeclaringType!).GetProperty(data.MemberName)?.GetMethod).OfType<MethodBase>();
}
