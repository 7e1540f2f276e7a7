using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>
/// The options of one field while they are read: each label once (a taken one becomes <c>Low (2)</c>), and each value
/// once, since two that submit the same are one option with two names.
/// </summary>
internal sealed class OptionList
{
    // Paths repeat what stands before them: without a limit a form of 5 MiB could become gigabytes.
    private const int MaxCharacters = 8 * 1_048_576;

    private readonly ImmutableArray<FieldOption>.Builder _options = ImmutableArray.CreateBuilder<FieldOption>();
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _repeats = new(StringComparer.Ordinal);
    private int _characters;

    /// <param name="names">Everything the form calls it, the label aside.</param>
    /// <exception cref="FormatException">All labels together are too long.</exception>
    public void Add(string label, JsonElement value, IEnumerable<string> names)
    {
        var isText = value.ValueKind == JsonValueKind.String;
        var identity = isText ? $"\"{value.GetString()}" : value.GetRawText();
        if (!_places.TryAdd(identity, _options.Count))
        {
            var place = _places[identity];
            _options[place] = _options[place] with
            {
                Names = [.. _options[place].Names.Union(names.Append(label), StringComparer.Ordinal)],
            };
            return;
        }

        _characters += label.Length;
        if (_characters > MaxCharacters)
        {
            throw new FormatException("has options whose labels are too long together");
        }

        _options.Add(new FieldOption(Unique(label), value.GetRawText(), [.. names.Distinct(StringComparer.Ordinal)]));
    }

    public ImmutableArray<FieldOption> ToImmutable() => _options.ToImmutable();

    private string Unique(string label)
    {
        // The counter keeps thousands of equal labels from being counted from 2 each time.
        var unique = label;
        while (!_labels.Add(unique))
        {
            var next = _repeats.GetValueOrDefault(label, 1) + 1;
            _repeats[label] = next;
            unique = $"{label} ({next})";
        }

        return unique;
    }
}
