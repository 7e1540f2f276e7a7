using McpFunctionApp.Forms;

namespace McpFunctionApp.Submissions;

/// <summary>Finds the parameter that a system means by a name or a path of its own.</summary>
internal sealed class FieldNames(IReadOnlyList<FormProperty> properties)
{
    /// <summary>Longer ones are not looked at: a path of a thousand steps names no field.</summary>
    private const int MaxName = 512;

    /// <returns>The parameter's name; null where the form has none that could be meant.</returns>
    public string? Find(string name)
    {
        if (name.Length is 0 or > MaxName)
        {
            return null;
        }

        if (Known(name) is { } known)
        {
            return known;
        }

        // Of a path, the last part that is a field's key: body.fields.priority, /fields/priority, values[0].priority.
        var parts = name.Split(['/', '.', '[', ']', '$'], StringSplitOptions.RemoveEmptyEntries);
        return Within(parts)
            ?? (
                parts.Length > 1 || parts.FirstOrDefault() != name
                    ? parts.Reverse().Select(Known).FirstOrDefault(key => key is not null)
                    : null
            );
    }

    /// <summary>A field within objects, all of whose names stand in the path one after the other.</summary>
    private string? Within(string[] parts) =>
        properties
            .Where(property => property.Path.Length > 1)
            .OrderByDescending(property => property.Path.Length)
            .FirstOrDefault(property =>
                Enumerable
                    .Range(0, Math.Max(0, parts.Length - property.Path.Length + 1))
                    .Any(start =>
                        parts
                            .AsSpan(start, property.Path.Length)
                            .SequenceEqual(property.Path.AsSpan(), StringComparer.OrdinalIgnoreCase)
                    )
            )
            ?.Key;

    private string? Known(string name)
    {
        var plain = name.Replace("~1", "/", StringComparison.Ordinal)
            .Replace("~0", "~", StringComparison.Ordinal)
            .Trim('"', '\'', ' ');
        return properties.FirstOrDefault(property => property.OriginalKey == plain)?.Key
            ?? properties.FirstOrDefault(property => property.Key == plain)?.Key
            ?? properties
                .FirstOrDefault(property =>
                    Same(property.OriginalKey, plain) || Same(property.Key, plain) || Same(property.Title, plain)
                )
                ?.Key;
    }

    private static bool Same(string? a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
