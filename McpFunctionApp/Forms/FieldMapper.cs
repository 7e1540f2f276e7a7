using System.Collections.Immutable;
using McpFunctionApp.Replies;
using McpFunctionApp.Texts;

namespace McpFunctionApp.Forms;

/// <summary>Maps one usable field to one parameter: the rows of the mapping table in docs/form-api.md.</summary>
internal static class FieldMapper
{
    private const int MaxExampleCharacters = 160;
    private const int MaxExamplesTried = 50;

    public static FormProperty Map(FormField field, string key, FormLimits limits, FormNotes notes)
    {
        var options = Options(field);
        var kind = field.Kind is PropertyKind.Choice or PropertyKind.Cascade && options.IsEmpty ? PropertyKind.Text : field.Kind;
        var (min, max) = Limits(field, kind, notes);
        var property = new FormProperty(
            key,
            field.Key,
            kind,
            field.Required,
            "",
            options,
            !AreTooMany(options, limits),
            min,
            max,
            null
        )
        {
            Title = Title(key, HtmlText.Strip(field.Name)),
            Pattern = kind == PropertyKind.Text ? field.Pattern : null,
            SubmittedFormat = field.SubmittedFormat,
            Path = field.Path,
        };
        property = property with { Default = FieldDefault.Read(field, property, notes) };
        var isRequired = field.Required && property.Default is null;
        return property with
        {
            Required = isRequired && field.RequiredUnder == 0,
            RequiredUnder = isRequired ? field.RequiredUnder : 0,
            Description = Describe(field, property),
        };
    }

    /// <summary>The same parameter with its options only checked, and not listed.</summary>
    public static FormProperty WithoutEnum(FormField field, FormProperty property)
    {
        var unlisted = property with { ListsOptions = false };
        return unlisted with { Description = Describe(field, unlisted) };
    }

    // An option that submits nothing is no answer to a field that must have one.
    private static FormOptionSet Options(FormField field)
    {
        var all = field.Options.Select(Option).ToImmutableArray();
        var filled = field.Required ? all.RemoveAll(IsBlank) : all;
        return [.. filled.IsEmpty ? all : filled];
    }

    private static FormOption Option(FieldOption option)
    {
        var others = option
            .Names.Where(name => name != option.Label && name != option.ValueJson && $"\"{name}\"" != option.ValueJson)
            .ToArray();
        return new FormOption(option.Label, option.ValueJson) { OtherNames = others.Length == 0 ? null : others };
    }

    private static bool IsBlank(FormOption option) =>
        option.ValueJson is "null" || (option.ValueJson.StartsWith('"') && string.IsNullOrWhiteSpace(option.ValueJson[1..^1]));

    private static (double?, double?) Limits(FormField field, PropertyKind kind, FormNotes notes)
    {
        var (min, max) = kind switch
        {
            PropertyKind.Text when field.Kind == PropertyKind.Text => (Least(field.Min), Most(field.Max, atLeast: 1)),
            PropertyKind.Choices => (Least(field.Min), Most(field.Max, atLeast: 1)),
            PropertyKind.Number => (field.Min, field.Max),
            PropertyKind.Integer => (Ceiling(field.Min), Floor(field.Max)),
            _ => (null, null),
        };
        if (min > max)
        {
            notes.Warn(field.Name, $"its limits contradict each other ({min} to {max}) and are ignored");
            return (null, null);
        }

        return (min, max);
    }

    private static double? Least(double? count) =>
        count is null or <= 0 ? null : Math.Ceiling(Math.Min(count.Value, int.MaxValue));

    private static double? Most(double? count, int atLeast) =>
        count is null or > int.MaxValue ? null : Math.Max(atLeast, Math.Floor(count.Value));

    private static double? Ceiling(double? number) => number is null ? null : Math.Ceiling(number.Value);

    private static double? Floor(double? number) => number is null ? null : Math.Floor(number.Value);

    private static bool AreTooMany(FormOptionSet options, FormLimits limits) =>
        options.Length > limits.MaxOptions || AreTooLong(options, limits);

    /// <summary>Whether listing the options would crowd the other fields out of the schema.</summary>
    private static bool AreTooLong(FormOptionSet options, FormLimits limits) =>
        options.Sum(option => option.Label.Length) > limits.MaxSchemaBytes / 4
        || options.Sum(option => JsonEncodedText.Encode(option.Label, CompactJson.Options.Encoder).EncodedUtf8Bytes.Length)
            > limits.MaxSchemaBytes / 2;

    private static string Describe(FormField field, FormProperty property)
    {
        var note = property.Kind switch
        {
            _ when !property.Options.IsEmpty && !property.ListsOptions => TooMany(property.Options),
            PropertyKind.Date => $"(a date such as {DateText.DateExample})",
            PropertyKind.DateTime => $"(a time such as {DateText.MomentExample}, with Z or an offset)",
            _ => "",
        };
        return field.Offer == FieldOffer.ById
            ? FieldText.Describe($"The id of {field.Name}", field.Description, note)
            : FieldText.Describe(field.Name, field.Description, note);
    }

    private static string TooMany(FormOptionSet options)
    {
        var examples = "";
        foreach (var label in options.Take(MaxExamplesTried).Select(option => option.Label))
        {
            var longer = examples.Length == 0 ? label : $"{examples}; {label}";

            // An example is written exactly or not at all: one with HTML has no place in a description.
            if (longer.Length <= MaxExampleCharacters && HtmlText.Strip(label) == label)
            {
                examples = longer;
            }
        }

        var count = FormattableString.Invariant($"One of {options.Length:N0} values, written exactly");
        return examples.Length > 0
            ? $"({count}, for example: {examples}. find_options finds others)"
            : $"({count}. find_options finds them)";
    }

    /// <summary>The field's name, where the parameter's does not say it already, but for case, blanks and signs.</summary>
    private static string? Title(string key, string name) =>
        name.Length == 0 || Letters(key).SequenceEqual(Letters(name)) ? null : FieldText.Plain(name);

    private static IEnumerable<char> Letters(string text) => text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant);
}
