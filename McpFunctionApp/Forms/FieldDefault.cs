using System.Collections.Immutable;
using McpFunctionApp.Replies;
using McpFunctionApp.Texts;

namespace McpFunctionApp.Forms;

/// <summary>Reads a field's <c>defaultValue</c>: a label, a value or an option's id. One that the parameter would refuse is
/// dropped.</summary>
internal static class FieldDefault
{
    // A longer one is a template for people, and would crowd the other fields out of the schema.
    private const int MaxTextDefault = 2_048;
    private const int MaxLabelsDefault = 4_096;

    // Beyond, a double is no longer the whole number that was given.
    private const double MaxExact = 9_007_199_254_740_992;

    public static PropertyDefault? Read(FormField field, FormProperty property, FormNotes notes)
    {
        var given = field.Default;
        if (
            given.ValueKind == JsonValueKind.Undefined
            || given.GetRawText() is "\"\""
            || (given.ValueKind == JsonValueKind.Array && given.GetArrayLength() == 0)
        )
        {
            return null;
        }

        var read = TryRead(given, field, property);
        if (read is null)
        {
            notes.Detail(
                field.Name,
                $"its default is not valid for it, or too long, and is left out: {Quotable.Shorten(given.GetRawText(), 64)}"
            );
        }

        return read;
    }

    private static PropertyDefault? TryRead(JsonElement given, FormField field, FormProperty property)
    {
        try
        {
            return property.Kind switch
            {
                PropertyKind.Choice or PropertyKind.Cascade => Labels([given], field, property) is [var label]
                    ? OfText(label)
                    : null,
                PropertyKind.Choices => Choices(given, field, property),
                PropertyKind.Number or PropertyKind.Integer => Number(given, property),
                PropertyKind.Boolean => Flag(given),
                PropertyKind.Date => given.ValueKind == JsonValueKind.String && DateText.Day(given.GetString()!) is not null
                    ? OfText(given.GetString()!)
                    : null,
                PropertyKind.DateTime => given.ValueKind == JsonValueKind.String
                && DateText.Moment(given.GetString()!) is not null
                    ? OfText(given.GetString()!)
                    : null,
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
        ScalarText.Number(given) is { } number
        && !(number < property.Min)
        && !(number > property.Max)
        && (property.Kind == PropertyKind.Number || (Math.Floor(number) == number && Math.Abs(number) < MaxExact))
            ? new PropertyDefault(null, number, [])
            : null;

    private static PropertyDefault? Flag(JsonElement given) =>
        ScalarText.Flag(given) is { } flag ? OfText(flag ? "true" : "false") : null;

    private static PropertyDefault? Text(JsonElement given, FormProperty property)
    {
        if (given.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = given.GetString()!;
        var length = CharacterCount(text);
        var isValid =
            !(length < property.Min)
            && !(length > property.Max)
            && (property.Pattern is null || TextPattern.Create(property.Pattern) is not { } pattern || pattern.IsMatch(text));
        return text.Length > MaxTextDefault || !isValid ? null : OfText(text);
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

    private static PropertyDefault? Choices(JsonElement given, FormField field, FormProperty property)
    {
        var labels = Labels(given.ValueKind == JsonValueKind.Array ? given.EnumerateArray() : [given], field, property);
        return
            labels is not { } all
            || all.Sum(label => label.Length) > MaxLabelsDefault
            || all.Length < property.Min
            || all.Length > property.Max
            ? null
            : new PropertyDefault(null, null, all);
    }

    /// <summary>The labels of all entries, each once; null where one of them is no option.</summary>
    private static ImmutableArray<string>? Labels(IEnumerable<JsonElement> entries, FormField field, FormProperty property)
    {
        var names = new OptionNames(field.Options, property.Options);
        var labels = entries.Select(entry => property.Options.IsEmpty ? ScalarText.Of(entry) : names.LabelOf(entry)).ToList();
        return labels.Contains(null) ? null : [.. labels.OfType<string>().Distinct()];
    }
}
