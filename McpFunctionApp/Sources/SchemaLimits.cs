namespace McpFunctionApp.Sources;

/// <summary>The limits of a schema and of all that it is combined with: of several, the narrowest.</summary>
internal sealed class SchemaLimits
{
    private static readonly string[] s_lower = ["minLength", "minItems", "minimum", "exclusiveMinimum"];
    private static readonly string[] s_upper = ["maxLength", "maxItems", "maximum", "exclusiveMaximum"];

    private readonly Dictionary<string, double> _limits = new(StringComparer.Ordinal);

    /// <summary>Null where nothing limits a value so.</summary>
    public double? this[string keyword] => _limits.TryGetValue(keyword, out var limit) ? limit : null;

    /// <summary>Whether this keyword is one of a limit.</summary>
    public static bool Has(string keyword) => s_lower.Contains(keyword) || s_upper.Contains(keyword);

    /// <returns>False where the value is no number.</returns>
    public bool Add(string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var limit) || !double.IsFinite(limit))
        {
            return false;
        }

        if (this[keyword] is not { } before || (s_lower.Contains(keyword) ? limit > before : limit < before))
        {
            _limits[keyword] = limit;
        }

        return true;
    }

    public void Take(SchemaLimits other)
    {
        foreach (var (keyword, limit) in other._limits)
        {
            _limits[keyword] = limit;
        }
    }
}
