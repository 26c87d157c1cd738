using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepLearning.Course.Scripting.Formatters;

/// <summary>
/// Formatters a type brings along by .NET Interactive's convention, which needs no package: an attribute of the name
/// <c>TypeFormatterSourceAttribute</c> on the type, a base type or an interface, naming a class with <c>CreateTypeFormatters()</c>.
/// </summary>
internal static class ConventionFormatters
{
    private static readonly ConditionalWeakTable<Type, IReadOnlyList<Formatter>> s_known = [];

    /// <summary>One format a type can be written in.</summary>
    public sealed record Formatter(string MimeType, Action<object, TextWriter> Write);

    /// <summary>The formats <paramref name="type"/> prefers; empty if it follows no convention.</summary>
    public static IReadOnlyList<Formatter> For(Type type) => s_known.GetValue(type, Find);

    private static IReadOnlyList<Formatter> Find(Type type)
    {
        for (Type? current = type; current is not null; current = current.BaseType)
            if (On(current) is { } found) return found;
        return type.GetInterfaces().Select(On).FirstOrDefault(found => found is not null) ?? [];
    }

    private static IReadOnlyList<Formatter>? On(Type type)
    {
        object? attribute = type.GetCustomAttributes(inherit: false)
            .FirstOrDefault(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        if (attribute is null || Property(attribute, "FormatterSourceType") is not Type sourceType) return null;
        object source = Activator.CreateInstance(sourceType, nonPublic: true)!;
        IEnumerable created = sourceType.GetMethod("CreateTypeFormatters")?.Invoke(source, null) as IEnumerable
            ?? throw new FormatException($"{sourceType.Name} needs a public method CreateTypeFormatters() that returns its formatters.");
        var preferred = (Property(attribute, "PreferredMimeTypes") as IEnumerable<string>)?.ToList();
        return [.. created.Cast<object>().Select(Wrap).Where(f => preferred is not { Count: > 0 } || preferred.Contains(f.MimeType))];
    }

    private static Formatter Wrap(object formatter)
    {
        string mimeType = (string)Property(formatter, "MimeType")!;
        MethodInfo format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])
            ?? throw new FormatException($"{formatter.GetType().Name} needs a public method bool Format(object, TextWriter).");
        return new Formatter(mimeType, (value, writer) =>
            format.Invoke(formatter, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [value, writer],
                CultureInfo.InvariantCulture));
    }

    private static object? Property(object of, string name) => of.GetType().GetProperty(name)?.GetValue(of);
}
