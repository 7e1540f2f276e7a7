using System.Globalization;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Execution;

/// <summary>Checks one value against one parameter.</summary>
internal static class ValueRules
{
    // A longer list would bury the message; the nearest values are named beside it.
    private const int MaxListed = 20;

    // Looking for near values costs time: past this many comparisons in one call only the first problem is helped so.
    private const int MaxCompared = 100_000;

    public static void Check(FormProperty property, JsonElement value, List<ArgumentProblem> problems)
    {
        switch (property.Kind)
        {
            case PropertyKind.Number:
                CheckNumber(property, value, problems);
                break;
            case PropertyKind.Integer:
                CheckInteger(property, value, problems);
                break;
            case PropertyKind.Choices:
                CheckChoices(property, value, problems);
                break;
            default:
                CheckText(property, value, property.Key, problems);
                break;
        }
    }

    /// <summary>One sentence on what the parameter takes.</summary>
    public static string Expected(FormProperty property) => property.Kind switch
    {
        PropertyKind.Number => "Expected: a number.",
        PropertyKind.Integer => "Expected: a whole number.",
        PropertyKind.Choice => $"Expected: one of: {Listed(property)}.",
        PropertyKind.Choices when property.Options.IsEmpty => "Expected: an array of texts.",
        PropertyKind.Choices => $"Expected: an array with any of: {Listed(property)}.",
        _ => "Expected: a text.",
    };

    private static void CheckText(FormProperty property, JsonElement value, string where, List<ArgumentProblem> problems)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add(new(where, $"must be a text, but is {KindOf(value)}. {(property.Kind == PropertyKind.Choice ? Expected(property) : "")}".TrimEnd(), []));
            return;
        }

        var text = value.GetString()!;
        if (!property.Options.IsEmpty)
        {
            CheckOption(property, property.Options.Any(option => option.Label == text), text, where, problems);
            return;
        }

        var length = property.Min is null && property.Max is null ? 0 : FieldDefault.CharacterCount(text);
        if (length < property.Min)
        {
            problems.Add(new(where, FormattableString.Invariant($"has {length} characters, but needs at least {property.Min}."), []));
        }
        else if (length > property.Max)
        {
            problems.Add(new(where, FormattableString.Invariant($"has {length} characters, but may have at most {property.Max}."), []));
        }
    }

    private static void CheckOption(FormProperty property, bool isKnown, string text, string where, List<ArgumentProblem> problems)
    {
        if (isKnown)
        {
            return;
        }

        if (problems.Count >= ArgumentProblem.MaxTold)
        {
            // Will only be counted.
            problems.Add(new(where, "is not one of the values.", []));
            return;
        }

        var compares = problems.Count == 0 || (problems.Count + 1) * property.Options.Length <= MaxCompared;
        var nearest = compares ? Nearest.Of(text, [.. property.Options.Select(option => option.Label)], 3) : [];
        problems.Add(new(where, $"'{Quotable.Shorten(text)}' is not one of: {Listed(property)}.", nearest));
    }

    private static void CheckNumber(FormProperty property, JsonElement value, List<ArgumentProblem> problems)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            problems.Add(new(property.Key, $"must be a number, but is {KindOf(value)}.", []));
        }
        else if (!value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            problems.Add(new(property.Key, "is a number too large to handle.", []));
        }
        else if (number < property.Min)
        {
            problems.Add(new(property.Key, FormattableString.Invariant($"is {Shown(value)}, but must be at least {property.Min}."), []));
        }
        else if (number > property.Max)
        {
            problems.Add(new(property.Key, FormattableString.Invariant($"is {Shown(value)}, but must be at most {property.Max}."), []));
        }
    }

    private static void CheckInteger(FormProperty property, JsonElement value, List<ArgumentProblem> problems)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            problems.Add(new(property.Key, $"must be a whole number, but is {KindOf(value)}.", []));
        }
        else if (ArgumentValidator.Integer(value) is null)
        {
            problems.Add(new(property.Key, string.Create(CultureInfo.InvariantCulture, $"is {Shown(value)}, but must be a whole number from {long.MinValue} to {long.MaxValue}."), []));
        }
    }

    private static void CheckChoices(FormProperty property, JsonElement value, List<ArgumentProblem> problems)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            problems.Add(new(property.Key, $"must be an array of texts, but is {KindOf(value)}. {Expected(property)}", []));
            return;
        }

        var labels = property.Options.Select(option => option.Label).ToHashSet(StringComparer.Ordinal);
        var place = 0;
        foreach (var entry in value.EnumerateArray())
        {
            var where = $"{property.Key}[{place++}]";
            if (entry.ValueKind != JsonValueKind.String)
            {
                problems.Add(new(where, $"must be a text, but is {KindOf(entry)}.", []));
            }
            else if (labels.Count > 0)
            {
                var text = entry.GetString()!;
                CheckOption(property, labels.Contains(text), text, where, problems);
            }
        }
    }

    private static string Listed(FormProperty property)
    {
        var shown = string.Join(", ", property.Options.Take(MaxListed).Select(option => option.Label));
        return property.Options.Length > MaxListed
            ? string.Create(CultureInfo.InvariantCulture, $"{shown}, ... ({property.Options.Length:N0} in all)")
            : shown;
    }

    private static string Shown(JsonElement value) => Quotable.Shorten(value.GetRawText(), 40);

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "null (leave it out instead)",
        _ => "a truth value",
    };
}
