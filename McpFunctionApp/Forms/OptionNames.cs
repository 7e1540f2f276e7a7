using System.Collections.Immutable;

namespace McpFunctionApp.Forms;

/// <summary>Finds the option that a form's own default means, by its label, its value or its id.</summary>
internal sealed class OptionNames
{
    private static readonly string[] s_members = ["value", "id", "name", "label"];

    private readonly HashSet<string> _labels;
    private readonly Dictionary<string, string> _labelsByName = new(StringComparer.Ordinal);

    /// <param name="all">With all their names.</param>
    /// <param name="offered">Those that may be chosen.</param>
    public OptionNames(ImmutableArray<FieldOption> all, FormOptionSet offered)
    {
        _labels = offered.Select(option => option.Label).ToHashSet(StringComparer.Ordinal);
        foreach (var option in all.Where(option => _labels.Contains(option.Label)))
        {
            foreach (var name in option.Names.Append(option.ValueJson))
            {
                _labelsByName.TryAdd(name, option.Label);
            }
        }
    }

    /// <returns>Null where the entry means none.</returns>
    /// <exception cref="InvalidOperationException">A text that is not valid Unicode.</exception>
    public string? LabelOf(JsonElement entry)
    {
        if (entry.ValueKind == JsonValueKind.Object)
        {
            var members = s_members.Select(name => entry.TryGetProperty(name, out var value) ? ScalarText.Of(value) : null);
            return members
                .Prepend(entry.GetRawText())
                .OfType<string>()
                .Select(_labelsByName.GetValueOrDefault)
                .FirstOrDefault(label => label is not null);
        }

        return ScalarText.Of(entry) is not { } text ? null
            : _labels.Contains(text) ? text
            : _labelsByName.GetValueOrDefault(text);
    }
}
