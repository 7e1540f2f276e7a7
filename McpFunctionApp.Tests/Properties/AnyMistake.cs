using McpFunctionApp.Forms;

namespace McpFunctionApp.Tests.Properties;

/// <summary>One thing that makes valid arguments invalid, made in place.</summary>
/// <param name="Parameter">What the answer must name.</param>
internal sealed record AnyMistake(string What, string Parameter)
{
    private static readonly string[] s_unknown =
    [
        "no_such_parameter",
        "Subject line",
        "__proto__",
        "constructor",
        "toString",
        "",
        "a\nb",
        "größe",
    ];

    /// <returns>Null where the form has nothing that can be got wrong in the way that was chosen.</returns>
    public static AnyMistake? Make(FormSchema schema, AnyArguments arguments, Random random)
    {
        var values = arguments.Values;
        var given = schema.Properties.Where(property => values.ContainsKey(property.Key)).OrderBy(_ => random.Next()).ToList();
        switch (random.Next(5))
        {
            case 0 when given.Find(property => property is { Required: true, Default: null }) is { } required:
                values.Remove(required.Key);
                return new("a required one is missing", required.Key);
            case 1 when given.Count > 0:
                values[given[0].Key] = WrongType(given[0], random);
                return new("wrong type", given[0].Key);
            case 2 when given.Find(property => !property.Options.IsEmpty) is { } choice:
                var wrong = AnyJson.Write($"{choice.Options[0].Label} or so \u0001", relaxed: true);
                values[choice.Key] = choice.Kind == PropertyKind.Choices ? $"[{wrong}]" : wrong;
                return new("not an option", choice.Kind == PropertyKind.Choices ? $"{choice.Key}[0]" : choice.Key);
            case 3 when given.Find(property => property.Max < 1e6 || property.Min is > 1 and < 1e6) is { } limited:
                values[limited.Key] = OutOfBounds(limited);
                return new("out of bounds", limited.Key);
            case 4
                when s_unknown[random.Next(s_unknown.Length)] is var name
                    && schema.Properties.All(property => property.Key != name):
                values[name] = "1";
                return new("an unknown one", name.Replace("\n", "\\n", StringComparison.Ordinal));
            default:
                return null;
        }
    }

    private static string WrongType(FormProperty property, Random random)
    {
        string[] wrong = property.Kind switch
        {
            PropertyKind.Number => ["true", "\"1.\"", "[1]", "{}"],
            PropertyKind.Choices => ["{}", "{\"a\":[\"x\"]}"],
            _ => ["[\"x\"]", "{}"],
        };
        return wrong[random.Next(wrong.Length)];
    }

    private static string OutOfBounds(FormProperty property)
    {
        var isText = property.Kind == PropertyKind.Text;
        if (property.Max is not < 1e6)
        {
            return isText ? AnyJson.Write(string.Concat(Enumerable.Repeat("🙂", (int)property.Min! - 1)), relaxed: true) : "-0.5";
        }

        return isText ? AnyJson.Write(new string('x', (int)property.Max + 1), relaxed: true) : "1000000.5";
    }
}
