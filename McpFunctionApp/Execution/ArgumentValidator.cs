using System.Globalization;
using McpFunctionApp.Replies;
using McpFunctionApp.Schemas;

namespace McpFunctionApp.Execution;

/// <summary>
/// Checks a call's arguments against the tool's parameters, by the same rules that its JSON Schema states, and against
/// the full list of options where the schema could not hold it. Pure; returns every problem, in the form's order.
/// </summary>
public static class ArgumentValidator
{
    public static IReadOnlyList<ArgumentProblem> Validate(IReadOnlyList<FormProperty> properties, JsonElement arguments)
    {
        var problems = new List<ArgumentProblem>();
        foreach (var property in properties)
        {
            if (arguments.TryGetProperty(property.Key, out var value))
            {
                ValueRules.Check(property, value, problems);
            }
            else if (property.Required)
            {
                problems.Add(new(property.Key, $"is required and missing. {ValueRules.Expected(property)}", []));
            }
        }

        AddUnknown(properties, arguments, problems);
        AddConflicts(properties, arguments, problems);
        return problems;
    }

    private static void AddUnknown(IReadOnlyList<FormProperty> properties, JsonElement arguments, List<ArgumentProblem> problems)
    {
        var names = properties.Select(p => p.Key).ToList();
        var known = names.ToHashSet(StringComparer.Ordinal);
        foreach (var argument in arguments.EnumerateObject().Where(a => !known.Contains(a.Name)))
        {
            // Looking for near names costs time: only for as many as will be shown.
            var nearest = problems.Count < 50 ? Nearest.IfClose(argument.Name, names) : [];
            problems.Add(new(Quotable.Shorten(argument.Name, 64), "is not a parameter of this tool.", nearest));
        }
    }

    /// <summary>A form may use one key for two fields; only one value can be submitted under it.</summary>
    private static void AddConflicts(IReadOnlyList<FormProperty> properties, JsonElement arguments, List<ArgumentProblem> problems)
    {
        foreach (var same in properties.GroupBy(p => p.OriginalKey, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
        {
            var given = same.Where(p => arguments.TryGetProperty(p.Key, out _)).ToList();
            if (given.Count > 1 && given.Any(p => !JsonElement.DeepEquals(arguments.GetProperty(p.Key), arguments.GetProperty(given[0].Key))))
            {
                problems.Add(new(given[1].Key, $"the form keeps one value for {string.Join(" and ", given.Select(p => p.Key))}: give only one of them, or the same value.", []));
            }
        }
    }

    /// <summary>The value of a number without a fraction, however it is written (2, 2.0, 2e0); null beyond 64 bits.</summary>
    public static long? Integer(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        if (value.TryGetInt64(out var whole))
        {
            return whole;
        }

        // A decimal rounds a tiny fraction to 0, and a double one beyond 2^53 to a whole number: it takes both to say.
        return value.TryGetDouble(out var rounded) && double.IsInteger(rounded) && decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.IsInteger(number) && number >= long.MinValue && number <= long.MaxValue
            ? (long)number
            : null;
    }
}
