using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Arguments;

/// <summary>Reads a text; a number or truth value is taken as it was written.</summary>
internal static class TextValueReader
{
    public static ValueReading Read(Parameter parameter, JsonElement value, ArgumentProblems problems)
    {
        var property = parameter.Property;
        if (value.ValueKind == JsonValueKind.String && property is { Min: null, Max: null } && parameter.Pattern is null)
        {
            // Nothing is asked of it: it need not be read to be taken as it is.
            return ValueReading.Of(property, value);
        }

        if (JsonValues.Text(value) is not { } text)
        {
            return Wrong(property, $"must be a text, but is {Expectation.KindOf(value)}.", problems);
        }

        return Fault(parameter, text) is { } fault
            ? Wrong(property, fault, problems)
            : ValueReading.Of(property, value.ValueKind == JsonValueKind.String ? value : JsonValues.Of(text));
    }

    private static ValueReading Wrong(FormProperty property, string fault, ArgumentProblems problems)
    {
        problems.Add(() => new(property.Key, fault, []));
        return ValueReading.Wrong;
    }

    private static string? Fault(Parameter parameter, string text)
    {
        var property = parameter.Property;
        var length = property.Min is null && property.Max is null ? 0 : FieldDefault.CharacterCount(text);
        if (length < property.Min)
        {
            return FormattableString.Invariant($"has {length} characters, but needs at least {property.Min}.");
        }

        if (length > property.Max)
        {
            return FormattableString.Invariant($"has {length} characters, but may have at most {property.Max}.");
        }

        return parameter.Pattern is { } pattern && !pattern.IsMatch(text)
            ? $"'{Quotable.Show(text)}' does not match the pattern {Quotable.Show(property.Pattern!, 200)}."
            : null;
    }
}
