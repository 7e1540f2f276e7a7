using McpFunctionApp.Forms;

namespace McpFunctionApp.Arguments;

/// <summary>Reads any number of options or texts: an array, an array as JSON text, or one value. Each counts once; blank entries
/// are none.</summary>
internal static class ChoicesReader
{
    public static ValueReading Read(Parameter parameter, JsonElement value, ArgumentProblems problems)
    {
        var property = parameter.Property;
        if (value.ValueKind == JsonValueKind.Object)
        {
            problems.Add(() =>
                new(
                    property.Key,
                    $"must be an array of texts, but is {Expectation.KindOf(value)}. {Expectation.Of(property)}",
                    []
                )
            );
            return ValueReading.Wrong;
        }

        var read = Entries(parameter, value) is { } array
            ? property.Options.IsEmpty
                ? ReadTexts(property, array, problems)
                : ReadOptions(parameter, array.EnumerateArray(), isArray: true, problems, value)
            : property.Options.IsEmpty
                ? ValueReading.Of(property, JsonValues.Of([JsonValues.Text(value)!]))
                : ReadOptions(parameter, [value], isArray: false, problems);
        return read.Value is { } filled && Fault(property, filled.Value.GetArrayLength()) is { } fault
            ? Tell(property, fault, problems)
            : read;
    }

    private static string? Fault(FormProperty property, int count) =>
        count < property.Min ? FormattableString.Invariant($"has {count} different entries, but needs at least {property.Min}.")
        : count > property.Max
            ? FormattableString.Invariant($"has {count} different entries, but may have at most {property.Max}.")
        : null;

    private static ValueReading Tell(FormProperty property, string fault, ArgumentProblems problems)
    {
        problems.Add(() => new(property.Key, fault, []));
        return ValueReading.Wrong;
    }

    private static JsonElement? Entries(Parameter parameter, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            return value;
        }

        // An option may look like an array: then it is meant.
        return
            value.ValueKind == JsonValueKind.String
            && JsonValues.Array(value.GetString()!) is { } array
            && (parameter.Property.Options.IsEmpty || parameter.Options.Find(value.GetString()!).Option is null)
            ? array
            : null;
    }

    private static ValueReading ReadTexts(FormProperty property, JsonElement array, ArgumentProblems problems)
    {
        var texts = new List<string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var (place, count, isAsGiven) = (0, problems.Count, true);
        foreach (var entry in array.EnumerateArray())
        {
            var at = place++;
            if (ValueReader.IsBlank(entry))
            {
                isAsGiven = false;
            }
            else if (JsonValues.Text(entry) is not { } text)
            {
                TellNoText(property, entry, at, problems);
                isAsGiven = false;
            }
            else
            {
                isAsGiven &= taken.Add(text) && entry.ValueKind == JsonValueKind.String;
                texts.AddRange(texts.Count < taken.Count ? [text] : []);
            }
        }

        return problems.Count > count ? ValueReading.Wrong
            : texts.Count == 0 ? ValueReading.Empty
            : ValueReading.Of(property, isAsGiven ? array : JsonValues.Of(texts));
    }

    private static void TellNoText(FormProperty property, JsonElement entry, int place, ArgumentProblems problems) =>
        problems.Add(() => new($"{property.Key}[{place}]", $"must be a text, but is {Expectation.KindOf(entry)}.", []));

    /// <param name="given">What is kept as it is where every entry is a label, and each is there once.</param>
    private static ValueReading ReadOptions(
        Parameter parameter,
        IEnumerable<JsonElement> entries,
        bool isArray,
        ArgumentProblems problems,
        JsonElement given = default
    )
    {
        var chosen = new List<FormOption>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var (place, count, isAsGiven) = (0, problems.Count, given.ValueKind == JsonValueKind.Array);
        foreach (var entry in entries)
        {
            var at = place++;
            var option = ValueReader.IsBlank(entry) ? null : ChoiceReader.Find(parameter, entry, isArray ? at : null, problems);
            var isNew =
                option is not null && !(parameter.Property.Required && ChoiceReader.IsBlank(option)) && taken.Add(option.Label);
            isAsGiven &= isNew && entry.ValueKind == JsonValueKind.String && entry.ValueEquals(option!.Label);
            if (isNew)
            {
                chosen.Add(option!);
            }
        }

        return problems.Count > count ? ValueReading.Wrong
            : chosen.Count == 0 ? ValueReading.Empty
            : new(
                new FilledValue(
                    parameter.Property,
                    isAsGiven ? given : JsonValues.Of(chosen.Select(option => option.Label)),
                    [.. chosen]
                ),
                false
            );
    }
}
