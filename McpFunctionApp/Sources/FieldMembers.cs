using System.Collections.Immutable;

namespace McpFunctionApp.Sources;

/// <summary>
/// The members of an object of a form, read for what they plainly mean: one that cannot be read is as if absent,
/// but for those that say whether the entry may be shown.
/// </summary>
internal sealed class FieldMembers
{
    private readonly OrderedDictionary<string, JsonElement> _members = new(StringComparer.Ordinal);

    /// <param name="entry">An object.</param>
    public FieldMembers(JsonElement entry)
    {
        foreach (var member in entry.EnumerateObject())
        {
            if (SafeText.NameOf(member) is { } name)
            {
                _members[name] = member.Value;
            }
        }
    }

    /// <summary>All members in their order, but for names that are no text; of equal names the last.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> All => _members;

    /// <summary>Undefined where there is none.</summary>
    public JsonElement this[string name] => _members.GetValueOrDefault(name);

    /// <summary>The text as it is, white space included; empty where there is none.</summary>
    public string Key(string name) => SafeText.Scalar(this[name]) is { } text && !string.IsNullOrWhiteSpace(text) ? text : "";

    /// <summary>The text without blanks around it, in English where it is in several languages; empty where there is
    /// none.</summary>
    public string Text(string name) => SafeText.Shown(this[name]).Trim();

    /// <summary>A number above 0.</summary>
    public double? Limit(string name) =>
        this[name] is { ValueKind: JsonValueKind.Number } value
        && value.TryGetDouble(out var limit)
        && limit > 0
        && double.IsFinite(limit)
            ? limit
            : null;

    /// <summary>A number, or a text that is one.</summary>
    public double? Number(string name) => SafeText.Number(this[name]);

    /// <summary>Whether it is true; null where it cannot be read.</summary>
    public bool? Flag(string name) =>
        this[name].ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? false : SafeText.Flag(this[name]);

    /// <summary>The list of groups; empty where there is none, null where it cannot be read: a restriction must not become
    /// none.</summary>
    public ImmutableArray<string>? Groups()
    {
        var groups = this["groupIds"];
        if (groups.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return [];
        }

        if (groups.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var read = groups.EnumerateArray().Select(SafeText.Scalar).ToList();
        return read.Contains(null) ? null : [.. read.OfType<string>()];
    }
}
