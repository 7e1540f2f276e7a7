using System.Collections.Immutable;
using McpFunctionApp.Forms;
using McpFunctionApp.Texts;

namespace McpFunctionApp.Sources;

/// <summary>Reads the values that a schema lists: <c>enum</c>, <c>const</c>, or <c>oneOf</c> and <c>anyOf</c> of these with
/// titles.</summary>
internal static class SchemaValues
{
    /// <returns>The options that the rest of the schema accepts; null where it lists none.</returns>
    public static ImmutableArray<FieldOption>? Read(SchemaNode node)
    {
        if (node.Values is not null)
        {
            return Options(node, Named(node, isAlternative: false));
        }

        if (node.Alternatives.Count != 1)
        {
            return null;
        }

        var (keyword, schemas) = node.Alternatives.Single();
        var alternatives = schemas.ConvertAll(schema => node.Read(schema));
        if (!alternatives.TrueForAll(alternative => alternative is { Problem: null, Values: not null }))
        {
            return null;
        }

        var values = alternatives
            .SelectMany(alternative => Named(alternative, isAlternative: true).Where(each => Accepts(alternative, each.Value)))
            .ToList();
        return Options(node, keyword == "oneOf" ? Once(values) : values);
    }

    /// <summary>Whether they are true and false, and nothing else.</summary>
    public static bool AreTruth(ImmutableArray<FieldOption> options) =>
        options.Length == 2 && options.All(option => option.ValueJson is "true" or "false" && option.Label == option.ValueJson);

    /// <summary>Whether the value is of a listed type and within all limits.</summary>
    public static bool Accepts(SchemaNode node, JsonElement value) =>
        IsOfType(node, value)
        && value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out var number)
                && !(number < node.Limit("minimum"))
                && !(number > node.Limit("maximum"))
                && !(number <= node.Limit("exclusiveMinimum"))
                && !(number >= node.Limit("exclusiveMaximum"))
                && node["multipleOf"].ValueKind == JsonValueKind.Undefined,
            JsonValueKind.String => SafeText.Scalar(value) is var text && IsWithin(node, text ?? ""),
            JsonValueKind.Object => node.Required.Count == 0 && node.Properties.Count == 0,
            JsonValueKind.Array => node["items"].ValueKind == JsonValueKind.Undefined,
            _ => true,
        };

    private static bool IsWithin(SchemaNode node, string text)
    {
        var length = FieldDefault.CharacterCount(text);
        return !(length < node.Limit("minLength"))
            && !(length > node.Limit("maxLength"))
            && (SafeText.Scalar(node["pattern"]) is not { } pattern || TextPattern.Create(pattern)?.IsMatch(text) == true);
    }

    private static bool IsOfType(SchemaNode node, JsonElement value) =>
        node.Types is not { } types
        || value.ValueKind switch
        {
            JsonValueKind.String => types.Contains("string"),
            JsonValueKind.Number => types.Contains("number")
                || (types.Contains("integer") && value.TryGetDouble(out var number) && Math.Floor(number) == number),
            JsonValueKind.True or JsonValueKind.False => types.Contains("boolean"),
            JsonValueKind.Object => types.Contains("object"),
            _ => types.Contains("array"),
        };

    private static ImmutableArray<FieldOption> Options(SchemaNode node, IEnumerable<(JsonElement Value, string Label)> values)
    {
        var list = new OptionList();
        foreach (var (value, label) in values.Where(each => each.Label.Length > 0 && Accepts(node, each.Value)))
        {
            list.Add(label, value, SafeText.Scalar(value) is { } text ? [text] : []);
        }

        return list.ToImmutable();
    }

    // A value that two alternatives name is none that exactly one of them accepts.
    private static IEnumerable<(JsonElement, string)> Once(List<(JsonElement Value, string Label)> values) =>
        values
            .GroupBy(
                each =>
                    each.Value.ValueKind == JsonValueKind.String ? $"\"{SafeText.Scalar(each.Value)}" : each.Value.GetRawText(),
                StringComparer.Ordinal
            )
            .Where(same => same.Count() == 1)
            .Select(same => same.First());

    private static IEnumerable<(JsonElement Value, string Label)> Named(SchemaNode node, bool isAlternative)
    {
        var values = node.Values!;
        var names =
            node["enumNames"].ValueKind == JsonValueKind.Array && node["enumNames"].GetArrayLength() == values.Count
                ? node["enumNames"]
                : default;
        for (var place = 0; place < values.Count; place++)
        {
            var name =
                isAlternative && values.Count == 1 ? node.Text("title")
                : names.ValueKind == JsonValueKind.Array ? SafeText.Shown(names[place])
                : "";
            yield return (
                values[place],
                Label(name) is { Length: > 0 } label ? label : Label(SafeText.Scalar(values[place]) ?? OfJson(values[place]))
            );
        }
    }

    private static string OfJson(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? value.GetRawText() : "";

    private static string Label(string text) => FieldText.Plain(text);
}
