using System.Text.Json.Nodes;

namespace Bench.Load;

/// <summary>Fills in the required fields of a form's schema: of choices the first, of numbers the least, some text
/// elsewhere.</summary>
internal static class RequiredFields
{
    public static JsonObject FillIn(JsonNode schema) =>
        new(
            schema["required"]!
                .AsArray()
                .Select(name => (string)name!)
                .Select(name => KeyValuePair.Create(name, Value(schema["properties"]![name]!)))
        );

    private static JsonNode? Value(JsonNode property) =>
        (string?)property["type"] switch
        {
            "array" => new JsonArray(Value(property["items"]!)),
            "number" => property["minimum"]?.DeepClone() ?? 1,
            _ when property["enum"] is JsonArray options => options[0]!.DeepClone(),
            _ => "The printer is out of toner".PadRight((int?)property["minLength"] ?? 0, '.'),
        };
}
