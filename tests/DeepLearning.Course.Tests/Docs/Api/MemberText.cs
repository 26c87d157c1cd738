using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepLearning.Course.Tests.Docs.Api;

/// <summary>A public or protected member in one line, as its declaration reads, with the type's name before its own.</summary>
internal static class MemberText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The lines of a type's members; those that the compiler writes for a record are implied by the type's own line.</summary>
    public static IEnumerable<string> Of(Type type)
    {
        IEnumerable<(string Name, string Line)> members = type.IsEnum
            ? type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (field.Name, Constant(type, field)))
            : type.GetFields(Declared).Where(field => IsSeen(field.Attributes) && !field.IsSpecialName)
                .Select(field => (field.Name, Field(type, field)))
                .Concat(type.GetConstructors(Declared).Where(IsSeen).Select(constructor => (".", Constructor(type, constructor))))
                .Concat(type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsSeen))
                    .Where(property => property.Name != "EqualityContract").Select(property => (property.Name, Property(type, property))))
                .Concat(type.GetEvents(Declared).Where(e => IsSeen(e.AddMethod!)).Select(e => (e.Name, Event(type, e))))
                .Concat(type.GetMethods(Declared).Where(IsOrdinary).Select(method => (method.Name, Method(type, method))));
        return members.OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Line, StringComparer.Ordinal)
            .Select(member => member.Line);
    }

    public static string Parameters(MethodBase method) => $"({string.Join(", ", method.GetParameters().Select(Parameter))})";

    /// <summary>What a type or a method asks of its type parameters: <c> where T : class, new()</c>.</summary>
    public static string Constraints(IEnumerable<Type> parameters) => string.Concat(parameters.Select(parameter =>
    {
        GenericParameterAttributes flags = parameter.GenericParameterAttributes;
        bool isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        string[] asked =
        [
            .. isStruct ? ["struct"] : Array.Empty<string>(),
            .. flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? ["class"] : Array.Empty<string>(),
            .. parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(TypeText.Of)
                .Order(StringComparer.Ordinal),
            .. flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct ? ["new()"] : Array.Empty<string>(),
        ];
        return asked.Length == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", asked)}";
    }));

    private static string Constant(Type type, FieldInfo field) =>
        $"{TypeText.Of(type)}.{field.Name} = {TypeText.Constant(field.GetRawConstantValue(), Enum.GetUnderlyingType(type))}";

    private static string Field(Type type, FieldInfo field)
    {
        string kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        string value = field.IsLiteral ? $" = {TypeText.Constant(field.GetRawConstantValue(), field.FieldType)}" : "";
        return $"{Access(field.Attributes)}{kind}{TypeText.Of(field)} {TypeText.Of(type)}.{field.Name}{value}";
    }

    private static string Constructor(Type type, ConstructorInfo constructor) =>
        $"{Access(constructor)}{TypeText.Of(type)}.new{Parameters(constructor)}";

    private static string Property(Type type, PropertyInfo property)
    {
        MethodInfo widest = property.GetAccessors(true).OrderByDescending(accessor => accessor.IsPublic).First();
        string parameters = string.Join(", ", property.GetIndexParameters().Select(Parameter));
        string name = property.Name + (parameters.Length > 0 ? $"[{parameters}]" : "");
        IEnumerable<string> accessors = property.GetAccessors(true).Where(IsSeen).OrderBy(accessor => accessor.Name, StringComparer.Ordinal)
            .Select(accessor => (widest.IsPublic ? Access(accessor) : "") + Accessor(property, accessor));
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Access(widest)}{Kind(widest)}{required}{TypeText.Of(property)} {TypeText.Of(type)}.{name} " +
            $"{{ {string.Join(" ", accessors)} }}";
    }

    private static string Event(Type type, EventInfo e) =>
        $"{Access(e.AddMethod!)}{Kind(e.AddMethod!)}event {TypeText.Of(e.EventHandlerType!)} {TypeText.Of(type)}.{e.Name}";

    private static string Method(Type type, MethodInfo method)
    {
        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeText.Of))}>" : "";
        string byRef = method.ReturnType.IsByRef ? "ref " : "";
        string constraints = method.IsGenericMethod ? Constraints(method.GetGenericArguments()) : "";
        return $"{Access(method)}{Kind(method)}{byRef}{TypeText.Of(method.ReturnParameter)} {TypeText.Of(type)}.{method.Name}{generic}" +
            Parameters(method) + constraints;
    }

    private static string Parameter(ParameterInfo parameter)
    {
        bool isList = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));
        string kind = isList ? "params "
            : !parameter.ParameterType.IsByRef ? IsExtended(parameter) ? "this " : ""
            : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string value = parameter.HasDefaultValue ? $" = {TypeText.Constant(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{kind}{TypeText.Of(parameter)} {parameter.Name}{value}";
    }

    private static string Kind(MethodInfo method) => method.IsStatic ? method.IsAbstract ? "static abstract " : "static "
        : method.DeclaringType!.IsInterface || !method.IsVirtual ? ""
        : method.IsAbstract ? "abstract "
        : method.GetBaseDefinition() != method ? method.IsFinal ? "sealed override " : "override "
        : method.IsFinal ? "" : "virtual ";

    private static string Accessor(PropertyInfo property, MethodInfo accessor) => accessor == property.GetMethod ? "get;"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;";

    private static bool IsExtended(ParameterInfo parameter) =>
        parameter.Position == 0 && parameter.Member.IsDefined(typeof(ExtensionAttribute));

    private static bool IsOrdinary(MethodInfo method) => IsSeen(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute))
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !method.Name.Contains('<', StringComparison.Ordinal);

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsSeen(FieldAttributes field) =>
        (field & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Access(FieldAttributes field) =>
        (field & FieldAttributes.FieldAccessMask) == FieldAttributes.Public ? "" : "protected ";
}
