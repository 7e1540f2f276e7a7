using System.Collections.Immutable;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Sources;

/// <summary>
/// Reads a field's <c>options</c>: texts, numbers or objects. Of an object the first present of label, name, value, id
/// is shown, and the first present of value, id, name, label is submitted; one with none of them is left out.
/// </summary>
internal static class OptionReader
{
    private static readonly string[] s_shown = ["label", "name", "value", "id"];
    private static readonly string[] s_submitted = ["value", "id", "name", "label"];

    private const int MaxLabel = 256;

    public static ImmutableArray<FieldOption> Read(JsonElement field)
    {
        if (!field.TryGetProperty("options", out var options) || options.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (options.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("has 'options' that are no array");
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        var repeats = new Dictionary<string, int>(StringComparer.Ordinal);
        var read = ImmutableArray.CreateBuilder<FieldOption>(options.GetArrayLength());
        foreach (var option in options.EnumerateArray())
        {
            if (ReadOne(option) is { } one)
            {
                read.Add(one with { Label = Unique(one.Label, taken, repeats) });
            }
        }

        return read.ToImmutable();
    }

    private static FieldOption? ReadOne(JsonElement option)
    {
        if (option.ValueKind != JsonValueKind.Object)
        {
            return Label(option) is { } own ? new FieldOption(own, option.GetRawText(), [ScalarText.Of(option)!]) : null;
        }

        return Shown(option) is { } label ? new FieldOption(label, Submitted(option), Names(option)) : null;
    }

    private static string? Shown(JsonElement option)
    {
        foreach (var name in s_shown)
        {
            if (option.TryGetProperty(name, out var value) && Label(value) is { } label)
            {
                return label;
            }
        }

        return null;
    }

    private static ImmutableArray<string> Names(JsonElement option)
    {
        var names = ImmutableArray.CreateBuilder<string>(s_submitted.Length);
        foreach (var name in s_submitted)
        {
            if (option.TryGetProperty(name, out var value) && ScalarText.Of(value) is { } text && !names.Contains(text))
            {
                names.Add(text);
            }
        }

        return names.DrainToImmutable();
    }

    private static string? Label(JsonElement value) =>
        ScalarText.Of(value) is { } text && Quotable.Shorten(text, MaxLabel) is { Length: > 0 } label ? label : null;

    private static string Submitted(JsonElement option)
    {
        foreach (var name in s_submitted)
        {
            // An empty text is a value like any other here: it is how some forms say "none".
            if (option.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            {
                return value.GetRawText();
            }
        }

        throw new FormatException("has an option without a value");
    }

    private static string Unique(string label, HashSet<string> taken, Dictionary<string, int> repeats)
    {
        // The counter keeps thousands of equal labels from being counted from 2 each time.
        var unique = label;
        while (!taken.Add(unique))
        {
            var next = repeats.GetValueOrDefault(label, 1) + 1;
            repeats[label] = next;
            unique = $"{label} ({next})";
        }

        return unique;
    }
}
