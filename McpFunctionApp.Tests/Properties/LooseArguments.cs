using McpFunctionApp.Forms;

namespace McpFunctionApp.Tests.Properties;

/// <summary>Arguments as clients and models make them: some as the schema says, others nearly so, and some of no sense at
/// all.</summary>
internal static class LooseArguments
{
    private static readonly string[] s_any =
    [
        "null",
        "\"\"",
        "\" \"",
        "[]",
        "{}",
        "true",
        "false",
        "0",
        "3",
        "-1.50",
        "1e2",
        "12345678901234567890",
        "\"3\"",
        "\" 3.0 \"",
        "\"007\"",
        "\"TRUE\"",
        "\"[]\"",
        "\"[1,\\\"a\\\"]\"",
        "[\"a\",\"a\"]",
        "[null,1,\"\"]",
        "[[1]]",
        "\"2026-11-25\"",
        "\"2026-11-25T14:30:00Z\"",
        "\"31/31/2026\"",
        "\"low\"",
        "\"x\\ny\"",
    ];

    /// <param name="likely">The share of values that are as the schema says, out of 10.</param>
    public static JsonElement For(FormSchema schema, Random random, int likely)
    {
        var right = AnyArguments.For(schema, random)?.Values;
        var members = schema
            .Properties.Select(property =>
                (
                    property.Key,
                    Value: right?.GetValueOrDefault(property.Key) is { } value && random.Next(10) < likely
                        ? value
                        : Loose(property, random)
                )
            )
            .Where(member => member.Value is not null)
            .Select(member => $"{AnyJson.Write(member.Key, relaxed: true)}:{member.Value}");
        return JsonElement.Parse($"{{{string.Join(',', members)}}}");
    }

    private static string? Loose(FormProperty property, Random random) =>
        random.Next(4) switch
        {
            0 => null,
            1 when !property.Options.IsEmpty => NearlyAny(property, random),
            2 when !property.Options.IsEmpty =>
                $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => NearlyAny(property, random)))}]",
            _ => s_any[random.Next(s_any.Length)],
        };

    private static string NearlyAny(FormProperty property, Random random) =>
        Nearly(property.Options[random.Next(property.Options.Length)], random);

    private static string Nearly(FormOption option, Random random) =>
        random.Next(4) switch
        {
            0 => option.ValueJson,
            1 => AnyJson.Write($" {option.Label.ToUpperInvariant()}\n", relaxed: true),
            2 => AnyJson.Write($"[{AnyJson.Write(option.Label, relaxed: true)}]", relaxed: true),
            _ => AnyJson.Write(option.Label, relaxed: false),
        };
}
