using System.Globalization;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Arguments;

/// <summary>Reads a number, also one that came as text, with all its digits.</summary>
internal static class NumberReader
{
    public static ValueReading Read(FormProperty property, JsonElement value, ArgumentProblems problems)
    {
        var number = value.ValueKind == JsonValueKind.String ? JsonValues.Number(value.GetString()!) : value;
        if (number is not { ValueKind: JsonValueKind.Number } read)
        {
            var wanted = property.Kind == PropertyKind.Integer ? "a whole number" : "a number";
            problems.Add(() => new(property.Key, $"must be {wanted}, but is {Expectation.KindOf(value)}{Quoted(value)}.", []));
            return ValueReading.Wrong;
        }

        if (Fault(property, read) is { } fault)
        {
            problems.Add(() => new(property.Key, fault, []));
            return ValueReading.Wrong;
        }

        return ValueReading.Of(property, read);
    }

    private static string Quoted(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? $": '{Quotable.Show(value.GetString()!)}'" : "";

    private static string? Fault(FormProperty property, JsonElement value)
    {
        if (property.Kind == PropertyKind.Integer && JsonValues.Integer(value) is null)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"is {Expectation.Shown(value)}, but must be a whole number from {long.MinValue} to {long.MaxValue}."
            );
        }

        if (!value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            return "is a number too large to handle.";
        }

        return number < property.Min
                ? FormattableString.Invariant($"is {Expectation.Shown(value)}, but must be at least {property.Min}.")
            : number > property.Max
                ? FormattableString.Invariant($"is {Expectation.Shown(value)}, but must be at most {property.Max}.")
            : null;
    }
}
