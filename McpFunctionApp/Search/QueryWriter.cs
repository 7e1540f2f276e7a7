using System.Buffers;
using McpFunctionApp.Replies;

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
        using (var writer = new Utf8JsonWriter(buffer, CompactJson.Options))
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
            WriteClause(writer, type.InIndex(field), field, query);
        }

        writer.WriteEndArray();
        writer.WriteNumber("minimum_should_match", 1);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>
    /// Lenient: a field that is a number in the index is passed over where the query is none, instead of failing the whole
    /// search. A phrase of one field is asked for as <c>multi_match</c>, since <c>match_phrase</c> knows no leniency.
    /// </summary>
    private static void WriteClause(Utf8JsonWriter writer, string name, SearchField field, string query)
    {
        writer.WriteStartObject();
        if (field.IsExact)
        {
            writer.WriteStartObject("multi_match");
            writer.WriteString("query", query);
            writer.WriteStartArray("fields");
            writer.WriteStringValue(name);
            writer.WriteEndArray();
            writer.WriteString("type", "phrase");
            WriteWeight(writer, field);
        }
        else
        {
            writer.WriteStartObject("match");
            writer.WriteStartObject(name);
            writer.WriteString("query", query);
            writer.WriteString("fuzziness", field.Fuzziness);
            WriteWeight(writer, field);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteWeight(Utf8JsonWriter writer, SearchField field)
    {
        writer.WriteBoolean("lenient", true);
        writer.WriteNumber("boost", field.Boost);
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
            writer.WriteStringValue(type.InIndex(field));
        }

        writer.WriteEndArray();
    }
}
