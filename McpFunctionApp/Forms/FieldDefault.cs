using System.Collections.Immutable;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Forms;

/// <summary>Reads a field's <c>defaultValue</c>: a label, a value or an option's id. One that the parameter would refuse is dropped.</summary>
internal static class FieldDefault
{
    // A longer one is a template for people, and would crowd the other fields out of the schema.
    private const int MaxTextDefault = 2_048;
    private const int MaxLabelsDefault = 4_096;

    public static PropertyDefault? Read(FormField field, FormProperty property, MappingNotes notes)
    {
        var given = field.Default;
        if (given.ValueKind == JsonValueKind.Undefined || given.GetRawText() is "\"\"" || (given.ValueKind == JsonValueKind.Array && given.GetArrayLength() == 0))
        {
            return null;
        }

        var read = TryRead(given, field, property);
        if (read is null)
        {
            notes.Detail(field, $"its default is not valid for it, or too long, and is left out: {Quotable.Shorten(given.GetRawText(), 64)}");
        }

        return read;
    }

    private static PropertyDefault? TryRead(JsonElement given, FormField field, FormProperty property)
    {
        try
        {
            return property.Kind switch
            {
                PropertyKind.Choice => Labels([given], field.Options) is [var label] ? OfText(label) : null,
                PropertyKind.Choices => Choices(given, field.Options),
                PropertyKind.Number => Number(given, property),
                _ => Text(given, property),
            };
        }
        catch (InvalidOperationException)
        {
            // Escapes that are no text, such as "\ud800" alone.
            return null;
        }
    }

    private static PropertyDefault OfText(string text) => new(text, null, []);

    private static PropertyDefault? Number(JsonElement given, FormProperty property) =>
        given.ValueKind == JsonValueKind.Number && given.TryGetDouble(out var number) && double.IsFinite(number)
            && !(number < property.Min) && !(number > property.Max)
            ? new PropertyDefault(null, number, [])
            : null;

    private static PropertyDefault? Text(JsonElement given, FormProperty property)
    {
        if (given.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = given.GetString()!;
        var length = CharacterCount(text);
        return text.Length > MaxTextDefault || length < property.Min || length > property.Max ? null : OfText(text);
    }

    /// <summary>Characters as JSON Schema counts them: Unicode code points.</summary>
    public static int CharacterCount(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static PropertyDefault? Choices(JsonElement given, ImmutableArray<FieldOption> options)
    {
        var labels = Labels(given.ValueKind == JsonValueKind.Array ? given.EnumerateArray() : [given], options);
        return labels is null || labels.Value.Sum(label => label.Length) > MaxLabelsDefault ? null : new PropertyDefault(null, null, labels.Value);
    }

    /// <summary>The labels of all entries, each once; null where one of them is no option.</summary>
    private static ImmutableArray<string>? Labels(IEnumerable<JsonElement> entries, ImmutableArray<FieldOption> options)
    {
        var known = LabelsByName(options);
        var labels = entries
            .Select(entry => ScalarText.Of(entry) is not { } wanted ? null : options.IsEmpty ? wanted : known.GetValueOrDefault(wanted))
            .ToList();
        return labels.Contains(null) ? null : [.. labels.OfType<string>().Distinct()];
    }

    private static Dictionary<string, string> LabelsByName(ImmutableArray<FieldOption> options)
    {
        var labels = options.ToDictionary(option => option.Label, option => option.Label, StringComparer.Ordinal);
        foreach (var option in options)
        {
            foreach (var name in option.Names)
            {
                labels.TryAdd(name, option.Label);
            }
        }

        return labels;
    }
}
