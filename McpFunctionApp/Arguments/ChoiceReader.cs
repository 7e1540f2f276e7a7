using System.Globalization;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Arguments;

/// <summary>Reads one of a parameter's options.</summary>
internal static class ChoiceReader
{
    public static ValueReading Read(Parameter parameter, JsonElement value, ArgumentProblems problems)
    {
        var property = parameter.Property;
        if (Find(parameter, value, null, problems) is not { } option)
        {
            return ValueReading.Wrong;
        }

        // What a form calls "-- None --" is no value for a field that must have one.
        if (property.Required && IsBlank(option))
        {
            return ValueReading.Empty;
        }

        var isLabel = value.ValueKind == JsonValueKind.String && value.ValueEquals(option.Label);
        return ValueReading.Of(property, isLabel ? value : JsonValues.Of(option.Label), option);
    }

    /// <summary>The option that is meant; null where none is, which has been told.</summary>
    /// <param name="place">In the array; null where there is none.</param>
    public static FormOption? Find(Parameter parameter, JsonElement value, int? place, ArgumentProblems problems)
    {
        var match = JsonValues.Text(value) is { } text ? Match(parameter, value, text) : default;
        if (match.IsOne)
        {
            return match.Option;
        }

        // A call of its own, so that what telling needs is not made for half a million entries that are only counted.
        if (problems.IsFull)
        {
            problems.AddUntold(1);
        }
        else
        {
            Tell(parameter.Property, value, place, match, problems);
        }

        return null;
    }

    public static bool IsBlank(FormOption option) =>
        option.ValueJson is "null"
        || (option.ValueJson.StartsWith('"') && option.ValueJson.AsSpan(1, option.ValueJson.Length - 2).IsWhiteSpace());

    private static OptionMatch Match(Parameter parameter, JsonElement value, string text)
    {
        var match = parameter.Options.Find(text);

        // 3.0 is what some clients make of 3.
        return match.Option is null && text.Contains('.') && JsonValues.Integer(value) is { } whole
            ? parameter.Options.Find(whole.ToString(CultureInfo.InvariantCulture))
            : match;
    }

    private static void Tell(FormProperty property, JsonElement value, int? place, OptionMatch match, ArgumentProblems problems)
    {
        if (JsonValues.Text(value) is not { } text)
        {
            problems.Add(() =>
                new(Where(property, place), $"must be a text, but is {Expectation.KindOf(value)}. {Expectation.Of(property)}", [])
            );
        }
        else if (match.Other is { } other)
        {
            problems.Add(() =>
                new(
                    Where(property, place),
                    $"'{Quotable.Show(text)}' could be '{match.Option!.Label}' or '{other.Label}': write one of them exactly.",
                    [match.Option.Label, other.Label]
                )
            );
        }
        else
        {
            problems.Add(() =>
                new(
                    Where(property, place),
                    $"'{Quotable.Show(text)}' is not one of: {Expectation.Listed(property)}.",
                    problems.NearestOf(text.Trim(), Labels(property), onlyIfClose: false)
                )
                {
                    Unlisted = text,
                }
            );
        }
    }

    private static string Where(FormProperty property, int? place) =>
        place is null ? property.Key : string.Create(CultureInfo.InvariantCulture, $"{property.Key}[{place}]");

    private static string[] Labels(FormProperty property) =>
        [.. Enumerable.Range(0, property.Options.Length).Select(property.Options.LabelAt)];
}
