using System.Globalization;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

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
        var known = 0;
        foreach (var property in properties)
        {
            if (arguments.TryGetProperty(property.Key, out var value))
            {
                known++;
                ValueRules.Check(property, value, problems);
            }
            else if (property.Required)
            {
                problems.Add(new(property.Key, $"is required and missing. {ValueRules.Expected(property)}", []));
            }
        }

        if (known < arguments.GetPropertyCount())
        {
            AddUnknown(properties, arguments, problems);
        }

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
            var nearest = problems.Count < ArgumentProblem.MaxTold ? Nearest.IfClose(argument.Name, names) : [];
            problems.Add(new(Quotable.Shorten(argument.Name, 64), "is not a parameter of this tool.", nearest));
        }
    }

    /// <summary>A form may use one key for two fields; only one value can be submitted under it.</summary>
    private static void AddConflicts(IReadOnlyList<FormProperty> properties, JsonElement arguments, List<ArgumentProblem> problems)
    {
        // Of two fields with one key, one has had to be listed under another name.
        if (properties.All(property => property.Key == property.OriginalKey))
        {
            return;
        }

        foreach (var same in properties.GroupBy(p => p.OriginalKey, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
        {
            var given = same.Where(p => arguments.TryGetProperty(p.Key, out _)).ToList();
            if (given.Count > 1 && given.Any(p => !AreSame(p, given[0], arguments)))
            {
                problems.Add(new(given[1].Key, $"the form keeps one value for {string.Join(" and ", given.Select(p => p.Key))}: give only one of them, or the same value.", []));
            }
        }
    }

    /// <summary>Whether both arguments would be submitted as the same value: one label may stand for different ones.</summary>
    private static bool AreSame(FormProperty a, FormProperty b, JsonElement arguments)
    {
        var value = arguments.GetProperty(a.Key);
        return JsonElement.DeepEquals(value, arguments.GetProperty(b.Key))
            && (value.ValueKind != JsonValueKind.String || Submitted(a, value) == Submitted(b, value));
    }

    private static string? Submitted(FormProperty property, JsonElement value) =>
        property.Options.FirstOrDefault(option => value.ValueEquals(option.Label))?.ValueJson;

    /// <summary>The value of a number without a fraction, however it is written (2, 2.0, 2e0); null beyond 64 bits.</summary>
    public static long? Integer(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        return value.TryGetInt64(out var whole) ? whole : WithoutFraction(value.GetRawText());
    }

    // By its digits, since a double or decimal would round: 1e-30 is not 0, and 0.99999999999999999999999999999999 is not 1.
    private static long? WithoutFraction(string number)
    {
        var parts = number.Split('e', 'E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : parts[0].Length - point - 1;
        var digits = parts[0].TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        var significant = digits.TrimEnd('0');
        if (significant.Length == 0)
        {
            return 0;
        }

        var exponent = 0;
        if (parts.Length > 1 && !int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return null;
        }

        var zeros = (long)exponent - fraction + digits.Length - significant.Length;
        return zeros is >= 0 and < 19
            && long.TryParse($"{(number[0] == '-' ? "-" : "")}{significant}{new string('0', (int)zeros)}", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : null;
    }
}
