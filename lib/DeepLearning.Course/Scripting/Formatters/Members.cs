using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepLearning.Course.Scripting.Formatters;

/// <summary>What a value consists of, as far as it is shown.</summary>
internal static class Members
{
    /// <summary>Numbers, text, dates and the like: shown as one piece of text.</summary>
    public static bool IsScalar(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal)
        || (type.Namespace == "System" && typeof(IFormattable).IsAssignableFrom(type)) || typeof(Type).IsAssignableFrom(type)
        || (Nullable.GetUnderlyingType(type) is { } inner && IsScalar(inner));

    /// <summary>Whole, floating and decimal numbers of any size.</summary>
    public static bool IsNumber(Type type) =>
        (Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal && !type.IsEnum) || type == typeof(Int128)
            || type == typeof(UInt128) || type == typeof(Half);

    /// <summary>
    /// The type says itself how it reads; a record's or an anonymous type's text, which the compiler writes, does not count.
    /// </summary>
    public static bool HasOwnText(Type type)
    {
        MethodInfo? method = type.GetMethod(nameof(ToString), Type.EmptyTypes);
        return method?.DeclaringType is { } declaring && declaring != typeof(object) && declaring != typeof(ValueType)
            && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !IsAnonymous(type) && !IsTuple(type) && !IsPair(type);
    }

    /// <summary>Names and readers of the public properties and fields, in the order of declaration.</summary>
    public static IReadOnlyList<(string Name, Func<object, object?> Get)> Of(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !p.PropertyType.IsByRefLike
                && !p.PropertyType.IsByRef)
            .Select(p => (p.Name, (Func<object, object?>)p.GetValue)),
        .. type.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(f => !f.FieldType.IsByRefLike)
            .Select(f => (f.Name, (Func<object, object?>)f.GetValue)),
    ];

    public static bool IsTuple(Type type) => typeof(ITuple).IsAssignableFrom(type);

    public static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static bool IsAnonymous(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.Name.Contains("AnonymousType", StringComparison.Ordinal);
}
