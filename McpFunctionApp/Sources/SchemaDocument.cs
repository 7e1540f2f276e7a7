namespace McpFunctionApp.Sources;

/// <summary>One JSON Schema document: finds what its references point at, and bounds the work on it.</summary>
internal sealed class SchemaDocument(JsonElement root)
{
    // References can multiply what they point at without end.
    private const int MaxWork = 1_000_000;

    private static readonly string[] s_definitions = ["$defs", "definitions"];

    private int _work;

    public JsonElement Root => root;

    /// <exception cref="FormatException">The document asks for more work than a form is worth.</exception>
    public void Count(int work)
    {
        _work += work;
        if (_work > MaxWork)
        {
            throw new FormatException("refers to itself too often to be read");
        }
    }

    /// <returns>Undefined where the reference points at nothing in this document.</returns>
    public JsonElement Find(string reference)
    {
        if (reference is "#")
        {
            return root;
        }

        return reference.StartsWith("#/", StringComparison.Ordinal) ? FindPointer(reference[2..])
            : reference.StartsWith('#') ? FindAnchor(reference[1..])
            : default;
    }

    private JsonElement FindPointer(string pointer)
    {
        var found = root;
        foreach (var part in pointer.Split('/'))
        {
            var name = Uri.UnescapeDataString(part)
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out var member))
            {
                found = member;
            }
            else if (
                found.ValueKind == JsonValueKind.Array
                && int.TryParse(name, out var place)
                && place >= 0
                && place < found.GetArrayLength()
            )
            {
                found = found[place];
            }
            else
            {
                return default;
            }
        }

        return found;
    }

    private JsonElement FindAnchor(string anchor) =>
        s_definitions
            .Where(name => root.TryGetProperty(name, out var all) && all.ValueKind == JsonValueKind.Object)
            .SelectMany(name => root.GetProperty(name).EnumerateObject())
            .Select(definition => definition.Value)
            .FirstOrDefault(definition =>
                definition.ValueKind == JsonValueKind.Object
                && definition.TryGetProperty("$anchor", out var own)
                && own.ValueKind == JsonValueKind.String
                && own.ValueEquals(anchor)
            );
}
