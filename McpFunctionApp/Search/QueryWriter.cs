using System.Buffers;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Search;

/// <summary>
/// Writes the body of a search: one clause for each field, any of which may match, the best first, none below the
/// entity's score. Pure. The query is a string value in it whatever it holds, and never becomes a part of its shape.
/// </summary>
public static class QueryWriter
{
    public static ReadOnlyMemory<byte> Write(EntityType type, string query)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, JsonSchemaWriter.Compact))
        {
            writer.WriteStartObject();
            WriteQuery(writer, type, query);
            if (type.MinScore > 0)
            {
                writer.WriteNumber("min_score", type.MinScore);
            }

            writer.WriteNumber("size", type.Limit);
            writer.WriteBoolean("track_total_hits", true);
            WriteSort(writer);
            WriteSource(writer, type);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteQuery(Utf8JsonWriter writer, EntityType type, string query)
    {
        writer.WriteStartObject("query");
        writer.WriteStartObject("bool");
        writer.WriteStartArray("should");
        foreach (var field in type.Fields)
        {
            WriteClause(writer, field, query);
        }

        writer.WriteEndArray();
        writer.WriteNumber("minimum_should_match", 1);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteClause(Utf8JsonWriter writer, SearchField field, string query)
    {
        writer.WriteStartObject();
        writer.WriteStartObject(field.IsExact ? "match_phrase" : "match");
        writer.WriteStartObject(field.Name);
        writer.WriteString("query", query);
        if (!field.IsExact)
        {
            writer.WriteString("fuzziness", field.Fuzziness);
        }

        writer.WriteNumber("boost", field.Boost);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteSort(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("sort");
        writer.WriteStartObject();
        writer.WriteString("_score", "desc");
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    /// <summary>Only what is shown leaves Elasticsearch.</summary>
    private static void WriteSource(Utf8JsonWriter writer, EntityType type)
    {
        writer.WriteStartArray("_source");
        foreach (var field in type.Fields)
        {
            writer.WriteStringValue(field.Name);
        }

        writer.WriteEndArray();
    }
}
