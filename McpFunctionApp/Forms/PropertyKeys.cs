namespace McpFunctionApp.Forms;

/// <summary>
/// Gives each field a property key that every known MCP client accepts, <c>^[A-Za-z0-9_]{1,64}$</c>,
/// unique within its form: a taken key becomes <c>key_2</c>, <c>key_3</c>.
/// </summary>
internal sealed class PropertyKeys
{
    private const int MaxLength = 64;
    private const int LongestSuffix = 8;

    // Legal as keys, but clients written in JavaScript trip over what every object there has already.
    private static readonly HashSet<string> s_prototypeNames =
    [
        "__proto__",
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
        "constructor",
        "prototype",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
    ];

    // What a field is called whose name has no letter that a key may have.
    private const string MadeUp = "field";

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _repeats = new(StringComparer.Ordinal);

    public string Next(FormField field)
    {
        var key = Safe(field.Param ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Key), keep: field.Param is not null);
        var unique = key;

        // Counted by the beginning that all suffixes leave: else thousands of long keys with one beginning, each given
        // twice, would each count from 2 again.
        var beginning = key[..Math.Min(key.Length, MaxLength - LongestSuffix)];
        while (!_taken.Add(unique))
        {
            var next = _repeats.GetValueOrDefault(beginning, 1) + 1;
            _repeats[beginning] = next;
            var suffix = $"_{next}";
            unique = string.Concat(key.AsSpan(0, Math.Min(key.Length, MaxLength - suffix.Length)), suffix);
        }

        return unique;
    }

    /// <summary>Whether the key says nothing of the field's name, as <c>field</c> and <c>field_2</c> do.</summary>
    public static bool IsMadeUp(string key) =>
        key.StartsWith(MadeUp, StringComparison.Ordinal)
        && key.AsSpan(MadeUp.Length).TrimStart('_').IndexOfAnyExceptInRange('0', '9') < 0;

    private static string Safe(string text, bool keep)
    {
        var bounded = text.Length > MaxLength ? text[..MaxLength] : text;
        var characters = bounded.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_').ToArray();
        var key = new string(characters);
        if (!keep || key != text)
        {
            key = string.Join('_', key.Split('_', StringSplitOptions.RemoveEmptyEntries));
        }

        return key.Length == 0 ? MadeUp
            : s_prototypeNames.Contains(key) ? $"field_{key.Trim('_')}"
            : key;
    }
}
