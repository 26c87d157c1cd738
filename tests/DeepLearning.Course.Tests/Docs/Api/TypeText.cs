using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepLearning.Course.Tests.Docs.Api;

/// <summary>Types and constants as C# writes them: <c>IReadOnlyList&lt;(int From, Tensor? To)&gt;</c>, <c>1e-08</c>.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type) => Write(type, null, new Queue<string?>());

    public static string Of(ParameterInfo parameter) =>
        Write(parameter.ParameterType, new NullabilityInfoContext().Create(parameter), TupleNames(parameter));

    public static string Of(PropertyInfo property) =>
        Write(property.PropertyType, new NullabilityInfoContext().Create(property), TupleNames(property));

    public static string Of(FieldInfo field) => Write(field.FieldType, new NullabilityInfoContext().Create(field), TupleNames(field));

    public static string Constant(object? value, Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => type.IsValueType && bare == type ? "default" : "null",
            _ when bare.IsEnum => $"{Of(bare)}.{Enum.ToObject(bare, value)}",
            string text => $"\"{text.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\"", "\\\"")}\"",
            char character => $"'{(character == '\n' ? "\\n" : character)}'",
            bool truth => truth ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }

    /// <summary>A type's name with those of the types around it, and its parameters: <c>Outer&lt;T&gt;.Inner</c>.</summary>
    private static string Name(Type type, IReadOnlyList<string> arguments)
    {
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string prefix = type.IsNested ? Name(type.DeclaringType!, [.. arguments.Take(outer)]) + "." : "";
        string own = string.Join(", ", arguments.Skip(outer));
        return prefix + type.Name.Split('`')[0] + (own.Length > 0 ? $"<{own}>" : "");
    }

    private static string Write(Type type, NullabilityInfo? known, Queue<string?> tupleNames)
    {
        if (type.IsByRef) return Write(type.GetElementType()!, known, tupleNames);
        if (Nullable.GetUnderlyingType(type) is Type value) return Write(value, known, tupleNames) + "?";
        string mark = known?.ReadState == NullabilityState.Nullable && !type.IsValueType ? "?" : "";
        if (s_keywords.TryGetValue(type, out string? keyword)) return keyword + mark;
        if (type.IsPointer) return Write(type.GetElementType()!, null, tupleNames) + "*";
        if (type.IsArray)
            return $"{Write(type.GetElementType()!, known?.ElementType, tupleNames)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        if (type.IsGenericParameter) return type.Name + mark;
        return Generic(type, known, tupleNames) + mark;
    }

    private static string Generic(Type type, NullabilityInfo? known, Queue<string?> tupleNames)
    {
        Type[] arguments = type.GetGenericArguments();
        bool isTuple = type.Namespace == "System" && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal);
        string?[] names = [.. arguments.Select(_ => isTuple && tupleNames.TryDequeue(out string? name) ? name : null)];
        NullabilityInfo[]? states = known?.GenericTypeArguments is { } found && found.Length == arguments.Length ? found : null;
        string[] written = [.. arguments.Select((argument, i) => Write(argument, states?[i], tupleNames))];
        return isTuple
            ? $"({string.Join(", ", written.Select((text, i) => names[i] is string name ? $"{text} {name}" : text))})"
            : Name(type, written);
    }

    private static Queue<string?> TupleNames(ICustomAttributeProvider owner) =>
        new(owner.GetCustomAttributes(typeof(TupleElementNamesAttribute), false).Cast<TupleElementNamesAttribute>()
            .SelectMany(attribute => attribute.TransformNames));
}
