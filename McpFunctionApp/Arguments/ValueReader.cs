using System.Runtime.InteropServices;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Arguments;

/// <summary>What one argument came to: a value, nothing, or a problem that has been told.</summary>
/// <param name="Value">Null where it is empty, and where it is wrong.</param>
/// <param name="IsEmpty">Whether it counts as left out.</param>
internal readonly record struct ValueReading(FilledValue? Value, bool IsEmpty)
{
    public static ValueReading Empty { get; } = new(null, true);

    public static ValueReading Wrong { get; } = new(null, false);

    public static ValueReading Of(FormProperty property, JsonElement value, params ReadOnlySpan<FormOption> chosen) =>
        new(new FilledValue(property, value, [.. chosen]), false);
}

/// <summary>Reads one argument for one parameter: what is converted loses nothing.</summary>
internal static class ValueReader
{
    /// <param name="value">Not null.</param>
    public static ValueReading Read(Parameter parameter, JsonElement value, ArgumentProblems problems)
    {
        if (IsBlank(value))
        {
            return ValueReading.Empty;
        }

        return parameter.Property switch
        {
            { Kind: PropertyKind.Number or PropertyKind.Integer } => NumberReader.Read(parameter.Property, value, problems),
            { Kind: PropertyKind.Boolean } => ReadBoolean(parameter, value, problems),
            { Kind: PropertyKind.Choices } => ChoicesReader.Read(parameter, value, problems),
            { Kind: PropertyKind.Date or PropertyKind.DateTime } => DateReader.Read(parameter.Property, value, problems),
            { Options.IsEmpty: false } => ChoiceReader.Read(parameter, value, problems),
            _ => TextValueReader.Read(parameter, value, problems),
        };
    }

    /// <summary>Missing, null, a text of nothing but white space, or an array without an entry.</summary>
    public static bool IsBlank(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => true,
            JsonValueKind.String => IsBlankText(value),
            JsonValueKind.Array => value.GetArrayLength() == 0,
            _ => false,
        };

    /// <summary>Most texts begin with a letter: only the others are read whole.</summary>
    private static bool IsBlankText(JsonElement text)
    {
        var first = JsonMarshal.GetRawUtf8Value(text)[1];
        return (first is <= (byte)' ' or (byte)'"' or (byte)'\\' or >= 0x80) && string.IsNullOrWhiteSpace(text.GetString());
    }

    private static ValueReading ReadBoolean(Parameter parameter, JsonElement value, ArgumentProblems problems)
    {
        var property = parameter.Property;
        if (!property.Options.IsEmpty)
        {
            var chosen = ChoiceReader.Read(parameter, value, problems);
            return chosen.Value is { } read
                ? new(read with { Value = JsonValues.Of(read.Chosen[0].Label == "true") }, false)
                : chosen;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return ValueReading.Of(property, value);
        }

        if (value.ValueKind == JsonValueKind.String && bool.TryParse(value.GetString(), out var flag))
        {
            return ValueReading.Of(property, JsonValues.Of(flag));
        }

        problems.Add(() => new(property.Key, $"must be true or false, but is {Expectation.KindOf(value)}.", []));
        return ValueReading.Wrong;
    }
}
