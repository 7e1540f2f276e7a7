using System.Collections.Immutable;

namespace McpFunctionApp.Forms;

/// <summary>Maps one usable field to one parameter: the rows of the mapping table in docs/form-api.md.</summary>
internal static class FieldMapper
{
    private const int MaxExampleCharacters = 160;
    private const int MaxExamplesTried = 50;

    public static FormProperty Map(FormField field, string key, FormLimits limits, MappingNotes notes)
    {
        var kind = KindOf(field.Type, field.Options.IsEmpty);
        var options = kind is PropertyKind.Choice or PropertyKind.Choices ? [.. field.Options.Select(option => new FormOption(option.Label, option.ValueJson))] : ImmutableArray<FormOption>.Empty;
        var tooMany = options.Length > limits.MaxOptions || AreTooLong(options, limits);
        var (min, max) = kind is PropertyKind.Text or PropertyKind.Number ? Limits(field, kind, notes) : (null, null);
        var property = new FormProperty(
            key,
            field.Key,
            kind,
            field.Required,
            FieldText.Describe(field.Name, field.Description, tooMany ? TooMany(options) : ""),
            options,
            !tooMany,
            min,
            max,
            null);
        return property with { Default = FieldDefault.Read(field, property, notes) };
    }

    private static PropertyKind KindOf(string type, bool withoutOptions) => type switch
    {
        "NumberFieldRest" => PropertyKind.Number,
        "MultiSelectDropDownFieldRest" or "CheckBoxFieldRest" => PropertyKind.Choices,
        "DropDownFieldRest" when !withoutOptions => PropertyKind.Choice,
        _ => PropertyKind.Text,
    };

    private static (double?, double?) Limits(FormField field, PropertyKind kind, MappingNotes notes)
    {
        var min = field.Min;
        var max = field.Max;
        if (field.Type == "DropDownFieldRest")
        {
            return (null, null);
        }

        if (kind == PropertyKind.Text)
        {
            min = min is null ? null : Math.Ceiling(Math.Min(min.Value, int.MaxValue));
            max = max is null || max > int.MaxValue ? null : Math.Max(1, Math.Floor(max.Value));
        }

        if (min > max)
        {
            notes.Warn(field, $"its limits contradict each other ({min} to {max}) and are ignored");
            return (null, null);
        }

        return (min, max);
    }

    /// <summary>Whether listing the options would crowd the other fields out of the schema.</summary>
    private static bool AreTooLong(ImmutableArray<FormOption> options, FormLimits limits) =>
        options.Sum(option => option.Label.Length) > limits.MaxSchemaBytes / 4
        || options.Sum(option => JsonEncodedText.Encode(option.Label, JsonSchemaWriter.Compact.Encoder).EncodedUtf8Bytes.Length) > limits.MaxSchemaBytes / 2;

    private static string TooMany(ImmutableArray<FormOption> options)
    {
        var examples = "";
        foreach (var label in options.Take(MaxExamplesTried).Select(option => option.Label))
        {
            var longer = examples.Length == 0 ? label : $"{examples}; {label}";

            // An example is written exactly or not at all: one with HTML has no place in a description.
            if (longer.Length <= MaxExampleCharacters && FieldText.Plain(label) == label)
            {
                examples = longer;
            }
        }

        var count = FormattableString.Invariant($"One of {options.Length:N0} values, written exactly");
        return examples.Length > 0 ? $"({count}, for example: {examples})" : $"({count})";
    }
}
