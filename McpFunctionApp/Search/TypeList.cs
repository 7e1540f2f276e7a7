using System.Buffers;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Search;

/// <summary>The answer of <c>list_entity_types</c>: what can be searched for, from the settings alone. Pure.</summary>
public static class TypeList
{
    public static JsonElement OutputSchema { get; } =
        JsonElement.Parse(
            """
            {
              "type": "object",
              "properties": {
                "entityTypes": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "properties": {
                      "name": { "type": "string", "description": "The entity_type of search_entities_by_type." },
                      "fields": { "type": "array", "description": "What is searched and shown.", "items": { "type": "string" } },
                      "limit": { "type": "integer", "description": "The most hits of one search." },
                      "minScore": { "type": "number", "description": "The score below which hits are left out; 0: none is." }
                    },
                    "required": ["name", "fields", "limit", "minScore"],
                    "additionalProperties": false
                  }
                }
              },
              "required": ["entityTypes"],
              "additionalProperties": false
            }
            """
        );

    public static ToolReply Write(IReadOnlyList<EntityType> types)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("entityTypes");
            foreach (var type in types)
            {
                WriteType(writer, type);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return ToolReply.Success(buffer.WrittenMemory);
    }

    private static void WriteType(Utf8JsonWriter writer, EntityType type)
    {
        writer.WriteStartObject();
        writer.WriteString("name", type.Name);
        writer.WriteStartArray("fields");
        foreach (var field in type.Fields)
        {
            writer.WriteStringValue(field.Name);
        }

        writer.WriteEndArray();
        writer.WriteNumber("limit", type.Limit);
        writer.WriteNumber("minScore", type.MinScore);
        writer.WriteEndObject();
    }
}
