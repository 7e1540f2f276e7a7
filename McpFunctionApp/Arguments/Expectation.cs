using System.Globalization;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Texts;

namespace McpFunctionApp.Arguments;

/// <summary>Says what a parameter takes, and what was given instead.</summary>
internal static class Expectation
{
    // A longer list would bury the message; the nearest values are named beside it.
    private const int MaxListed = 20;

    private const int MaxNumber = 40;

    /// <summary>One sentence on what the parameter takes.</summary>
    public static string Of(FormProperty property) =>
        property.Kind switch
        {
            PropertyKind.Number => "Expected: a number.",
            PropertyKind.Integer => "Expected: a whole number.",
            PropertyKind.Boolean => "Expected: true or false.",
            PropertyKind.Date => $"Expected: a date such as {DateText.DateExample}.",
            PropertyKind.DateTime => $"Expected: a date and time with Z or an offset, such as {DateText.MomentExample}.",
            PropertyKind.Choices when property.Options.IsEmpty => "Expected: an array of texts.",
            PropertyKind.Choices => $"Expected: an array with any of: {Listed(property)}.",
            _ when !property.Options.IsEmpty => $"Expected: one of: {Listed(property)}.",
            _ => "Expected: a text.",
        };

    public static string Listed(FormProperty property)
    {
        var shown = string.Join(", ", property.Options.Take(MaxListed).Select(option => option.Label));
        return property.Options.Length > MaxListed
            ? string.Create(CultureInfo.InvariantCulture, $"{shown}, ... ({property.Options.Length:N0} in all)")
            : shown;
    }

    public static string KindOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Array => "an array",
            JsonValueKind.Object => "an object",
            JsonValueKind.Null => "null (leave it out instead)",
            _ => "a truth value",
        };

    public static string Shown(JsonElement number) => Quotable.Shorten(number.GetRawText(), MaxNumber);
}
