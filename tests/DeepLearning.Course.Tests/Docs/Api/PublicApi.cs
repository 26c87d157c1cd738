using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepLearning.Course.Tests.Docs.Api;

/// <summary>What an assembly shows to others, as sorted lines: a heading a namespace, a line a type, a line a member.</summary>
internal static class PublicApi
{
    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal))
        .GroupBy(type => type.Namespace ?? "").OrderBy(group => group.Key, StringComparer.Ordinal)
        .SelectMany(group => group.OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Of).Prepend($"# {group.Key}"));

    public static IEnumerable<string> Of(Type type) => type.BaseType == typeof(MulticastDelegate)
        ? [Delegate(type)]
        : MemberText.Of(type).Prepend(Declaration(type));

    /// <summary>What was taken away (−) and what came (+), each with its namespace, in the order of the lines.</summary>
    public static IReadOnlyList<string> Difference(IEnumerable<string> before, IEnumerable<string> now)
    {
        string[] old = [.. UnderHeadings(before)];
        string[] current = [.. UnderHeadings(now)];
        return [.. old.Except(current).Select(line => $"− {line}").Concat(current.Except(old).Select(line => $"+ {line}"))
            .OrderBy(line => line[2..].Split('(')[0], StringComparer.Ordinal)];
    }

    private static IEnumerable<string> UnderHeadings(IEnumerable<string> lines)
    {
        string heading = "";
        foreach (string line in lines.Where(line => line.Length > 0))
            if (line.StartsWith("# ", StringComparison.Ordinal)) heading = line[2..];
            else yield return $"{heading}: {line}";
    }

    private static string Delegate(Type type)
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        return $"delegate {TypeText.Of(invoke.ReturnParameter)} {TypeText.Of(type)}{MemberText.Parameters(invoke)}" +
            MemberText.Constraints(type.GetGenericArguments());
    }

    private static string Declaration(Type type)
    {
        const BindingFlags hidden = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        bool isRecord = type.GetMethod("PrintMembers", hidden) is not null;
        string record = isRecord ? "record " : "";
        string kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? $"{(IsReadOnly(type) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{record}struct"
            : (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")
                + (isRecord ? "record" : "class");
        string[] bases = type.IsEnum ? [TypeText.Of(Enum.GetUnderlyingType(type))] : [.. Bases(type)];
        return $"{kind} {TypeText.Of(type)}{(bases.Length > 0 ? $" : {string.Join(", ", bases)}" : "")}" +
            MemberText.Constraints(type.GetGenericArguments());
    }

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.BaseType is Type parent && parent != typeof(object) && parent != typeof(ValueType)) yield return TypeText.Of(parent);
        IEnumerable<Type> own = type.GetInterfaces().Where(face => face.IsVisible).Except(type.BaseType?.GetInterfaces() ?? []);
        foreach (string face in own.Select(TypeText.Of).Order(StringComparer.Ordinal)) yield return face;
    }

    private static bool IsReadOnly(Type type) => type.IsDefined(typeof(IsReadOnlyAttribute));
}
