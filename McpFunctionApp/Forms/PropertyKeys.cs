namespace McpFunctionApp.Forms;

/// <summary>
/// Gives each field a property key that every known MCP client accepts, <c>^[A-Za-z0-9_]{1,64}$</c>,
/// unique within its form: a taken key becomes <c>key_2</c>, <c>key_3</c>.
/// </summary>
internal sealed class PropertyKeys
{
    private const int MaxLength = 64;
    private const int LongestSuffix = 8;

    // Legal as keys, but clients written in JavaScript trip over them.
    private static readonly HashSet<string> s_prototypeNames = ["__proto__", "constructor", "prototype"];

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _repeats = new(StringComparer.Ordinal);

    public string Next(FormField field)
    {
        var key = Safe(field.HasParamName ? field.Key : JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Key), keep: field.HasParamName);
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

    private static string Safe(string text, bool keep)
    {
        var bounded = text.Length > MaxLength ? text[..MaxLength] : text;
        var characters = bounded.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_').ToArray();
        var key = new string(characters);
        if (!keep || key != text)
        {
            key = string.Join('_', key.Split('_', StringSplitOptions.RemoveEmptyEntries));
        }

        return key.Length == 0 ? "field" : s_prototypeNames.Contains(key) ? $"field_{key.Trim('_')}" : key;
    }
}
