using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>
/// The layers, parameters and buffers in the fields of a layer: its own and those of its base classes, also within arrays, collections,
/// tuples and objects of the user's. Not within functions, nor within the layers found.
/// </summary>
internal static class LayerFields
{
    // Deeper within objects and collections nobody looks: a list of a user's may be linked through thousands of them.
    private const int Depth = 8;

    // Types of notebooks come and go: the table does not keep them.
    private static readonly ConditionalWeakTable<Type, FieldInfo[]> s_fields = [];

    /// <summary>Whether a layer of this type has a field that may hold something.</summary>
    public static bool MayHold(Type layer) => Fields(layer).Length > 0;

    /// <summary>What is found, with where it is in words such as <c>its field '_blocks[2]'</c>.</summary>
    public static List<(string Where, object Held)> Held(Layer layer)
    {
        Search search = new(layer);
        foreach (FieldInfo field in Fields(layer.GetType())) search.Visit(Title(field), "", field.GetValue(layer), Depth);
        return search.Found;
    }

    private static FieldInfo[] Fields(Type type) => s_fields.GetValue(type, static type =>
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        List<FieldInfo> fields = [];
        for (Type? t = type; t is not null && t != typeof(Layer) && t != typeof(object); t = t.BaseType)
            fields.AddRange(t.GetFields(All).Where(field => CanHold(field.FieldType)));
        return [.. fields];
    });

    // Whether a value of this declared type may be or contain a layer or parameter; numbers and text are not looked into.
    private static bool CanHold(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsByRefLike || type == typeof(string)) return false;
        if (typeof(Layer).IsAssignableFrom(type) || typeof(Tensor).IsAssignableFrom(type)) return true;
        if (type.IsArray) return CanHold(type.GetElementType()!);
        if (typeof(Delegate).IsAssignableFrom(type)) return false;
        if (type.IsGenericType && IsOfTheSystem(type)) return type.GetGenericArguments().Any(CanHold);
        if (type == typeof(object) || type.IsInterface) return true;
        return IsOfTheSystem(type) ? typeof(ICollection).IsAssignableFrom(type) : IsOfTheUser(type);
    }

    private static bool IsOfTheSystem(Type type) =>
        type.Namespace is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));

    // Of this library's own classes only a part of a layer, which no user sees, holds layers: all others are looked into by none.
    private static bool IsOfTheUser(Type type) => !IsOfTheSystem(type) && (type.Assembly != typeof(Layer).Assembly || !type.IsVisible);

    private static string Title(FieldInfo field)
    {
        string name = field.Name;
        int end = name.IndexOf('>');
        if (name[0] != '<' || end < 2) return $"its field '{name}{{0}}'";
        return name.EndsWith("k__BackingField", StringComparison.Ordinal)
            ? $"its property '{name[1..end]}{{0}}'" : $"its parameter '{name[1..end]}{{0}}'";
    }

    private sealed class Search(Layer self)
    {
        private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance) { self };

        public List<(string, object)> Found { get; } = [];

        public void Visit(string title, string path, object? value, int depth)
        {
            if (value is null || depth == 0 || !CanHold(value.GetType()) || (!value.GetType().IsValueType && !_seen.Add(value))) return;
            if (value is Layer or Parameter or LayerBuffer) Found.Add((title.Replace("{0}", path), value));
            else if (value is IDictionary map)
            {
                foreach (DictionaryEntry entry in map)
                {
                    Visit(title, $"{path}[{entry.Key}]", entry.Key, depth - 1);
                    Visit(title, $"{path}[{entry.Key}]", entry.Value, depth - 1);
                }
            }
            else if (value is not Tensor) VisitParts(title, path, value, depth - 1);
        }

        private void VisitParts(string title, string path, object value, int depth)
        {
            Type type = value.GetType();
            if (!type.IsValueType && IsCollection(type))
            {
                int i = 0;
                foreach (object? item in (IEnumerable)value) Visit(title, $"{path}[{i++}]", item, depth);
            }
            // Of the system's structures tuples, pairs and immutable arrays show what they hold in their fields.
            if (IsOfTheSystem(type) && !type.IsValueType && value is not ITuple) return;
            foreach (FieldInfo field in Fields(type)) Visit(title, $"{path}.{field.Name}", field.GetValue(value), depth);
        }

        // Not what is made while it is walked through, such as a query: it would be made anew.
        private static bool IsCollection(Type type) => type.Namespace != "System.Linq"
            && (typeof(ICollection).IsAssignableFrom(type) || Implements(type, typeof(ICollection<>))
                || Implements(type, typeof(IReadOnlyCollection<>)));

        private static bool Implements(Type type, Type generic) =>
            type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == generic);
    }
}
