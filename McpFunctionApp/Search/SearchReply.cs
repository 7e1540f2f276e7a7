using System.Buffers;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Search;

/// <summary>
/// What a search answers. Documents are text from outside that a model reads: one line each, without control
/// characters, and bounded, one by one and all together. Pure.
/// </summary>
internal static class SearchReply
{
    /// <summary>The limit of one text, in UTF-16 units.</summary>
    public const int MaxText = 256;

    /// <summary>The limit of all hits together, in bytes.</summary>
    public const int MaxBytes = 65_536;

    // Elasticsearch's own limit, in bytes.
    private const int MaxId = 512;
    private const int MaxValues = 10;
    private const int MaxDigits = 32;

    /// <summary>Every answer matches this.</summary>
    public static JsonElement OutputSchema { get; } =
        JsonElement.Parse(
            """
            {
              "type": "object",
              "properties": {
                "entityType": { "type": "string", "description": "What was searched for." },
                "total": { "type": "integer", "description": "How many there are at or above the minimum score." },
                "returned": { "type": "integer", "description": "How many of them are in hits." },
                "minScore": { "type": "number", "description": "The score below which hits are left out; 0: none is." },
                "hits": {
                  "type": "array",
                  "description": "The best ones, the best first.",
                  "items": {
                    "type": "object",
                    "properties": {
                      "score": {
                        "type": "number",
                        "description": "How well it matches: higher is better, comparable within one answer."
                      },
                      "id": { "type": "string", "description": "The document's id." },
                      "fields": { "type": "object", "description": "What is known of it." }
                    },
                    "required": ["score", "id", "fields"],
                    "additionalProperties": false
                  }
                },
                "message": { "type": "string", "description": "What else to know about this answer." }
              },
              "required": ["entityType", "total", "returned", "minScore", "hits"],
              "additionalProperties": false
            }
            """
        );

    public static ToolReply Write(EntityType type, string query, SearchHits found)
    {
        var hits = Fitting(found.Hits);
        var buffer = new ArrayBufferWriter<byte>(2_048);
        using (var writer = new Utf8JsonWriter(buffer, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("entityType", type.Name);
            writer.WriteNumber("total", found.Total);
            writer.WriteNumber("returned", hits.Count);
            writer.WriteNumber("minScore", type.MinScore);
            writer.WriteStartArray("hits");
            hits.ForEach(hit => writer.WriteRawValue(hit, skipInputValidation: true));
            writer.WriteEndArray();
            if (Message(type, query, found, hits.Count) is { } message)
            {
                writer.WriteString("message", message);
            }

            writer.WriteEndObject();
        }

        return ToolReply.Success(buffer.WrittenMemory);
    }

    private static string? Message(EntityType type, string query, SearchHits found, int returned) =>
        found.Hits.Count == 0 ? BroaderQuery.Message(type, query)
        : returned < found.Hits.Count ? "Further hits are left out: the answer would be too large."
        : null;

    /// <summary>As many hits as fit, each as JSON; the first always.</summary>
    private static List<byte[]> Fitting(IReadOnlyList<SearchHit> hits)
    {
        var fitting = new List<byte[]>();
        var room = MaxBytes;
        foreach (var hit in hits)
        {
            var json = WriteHit(hit);
            room -= json.Length;
            if (room < 0 && fitting.Count > 0)
            {
                break;
            }

            fitting.Add(json);
        }

        return fitting;
    }

    private static byte[] WriteHit(SearchHit hit)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("score", hit.Score);
            writer.WriteString("id", Quotable.Shorten(hit.Id, MaxId));
            writer.WriteStartObject("fields");
            foreach (var (name, value) in hit.Fields)
            {
                WriteField(writer, name, value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteField(Utf8JsonWriter writer, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            if (IsShown(value))
            {
                writer.WritePropertyName(name);
                WriteValue(writer, value);
            }

            return;
        }

        writer.WriteStartArray(name);
        foreach (var element in value.EnumerateArray().Where(IsShown).Take(MaxValues))
        {
            WriteValue(writer, element);
        }

        writer.WriteEndArray();
    }

    /// <summary>Texts, numbers and truth values; what is nested deeper is not what was searched.</summary>
    private static bool IsShown(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False
        || (value.ValueKind == JsonValueKind.Number && value.GetRawText().Length <= MaxDigits);

    private static void WriteValue(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            writer.WriteStringValue(Quotable.Shorten(value.GetString()!, MaxText));
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
