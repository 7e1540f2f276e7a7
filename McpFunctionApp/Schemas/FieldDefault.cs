using System.Collections.Immutable;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Schemas;

/// <summary>Reads a field's <c>defaultValue</c>: a label, a value or an option's id. One that the parameter would refuse is dropped.</summary>
internal static class FieldDefault
{
    // A longer one is a template for people, and would crowd the other fields out of the schema.
    private const int MaxTextDefault = 2_048;

    public static PropertyDefault? Read(FormField field, FormProperty property, MappingNotes notes)
    {
        var given = field.Default;
        if (given.ValueKind == JsonValueKind.Undefined || IsEmpty(given))
        {
            return null;
        }

        var read = property.Kind switch
        {
            PropertyKind.Choice => Label(given, property.Options) is { } label ? OfText(label) : null,
            PropertyKind.Choices => Labels(given, property.Options) is { } labels ? new PropertyDefault(null, null, labels) : null,
            PropertyKind.Number => Number(given, property),
            _ => Text(given, property),
        };
        if (read is null)
        {
            notes.Detail(field, $"its default is not valid for it and is left out: {Quotable.Shorten(given.GetRawText(), 64)}");
        }

        return read;
    }

    private static bool IsEmpty(JsonElement given) =>
        (given.ValueKind == JsonValueKind.String && given.GetString()!.Length == 0)
        || (given.ValueKind == JsonValueKind.Array && given.GetArrayLength() == 0);

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

    private static ImmutableArray<string>? Labels(JsonElement given, ImmutableArray<FormOption> options)
    {
        var entries = given.ValueKind == JsonValueKind.Array ? given.EnumerateArray().ToList() : [given];
        var labels = entries.Select(entry => options.IsEmpty ? FieldReader.Scalar(entry) : Label(entry, options)).ToList();
        return labels.Contains(null) ? null : [.. labels.OfType<string>().Distinct()];
    }

    private static string? Label(JsonElement given, ImmutableArray<FormOption> options)
    {
        if (FieldReader.Scalar(given) is not { } wanted)
        {
            return null;
        }

        return options.FirstOrDefault(o => o.Label == wanted)?.Label ?? options.FirstOrDefault(o => o.Names.Contains(wanted))?.Label;
    }
}
