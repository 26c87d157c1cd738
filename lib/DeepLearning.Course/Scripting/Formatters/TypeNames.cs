namespace DeepLearning.Course.Scripting.Formatters;

internal static class TypeNames
{
    /// <summary>A type's name as C# writes it: <c>List&lt;Int32&gt;</c>.</summary>
    public static string Of(Type type)
    {
        if (!type.IsGenericType) return type.Name;
        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return $"{(tick < 0 ? type.Name : type.Name[..tick])}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }
}
