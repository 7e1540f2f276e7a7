using System.Buffers;
using System.Globalization;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Execution;

/// <summary>The structured answer of a form's tool: id, timestamp, status, the data, and a note where there is something to know.</summary>
internal static class Receipt
{
    /// <summary>Every receipt matches this; the id keeps the JSON type that the form API gave it.</summary>
    public static JsonElement OutputSchema { get; } = JsonElement.Parse(
        """
        {
          "type": "object",
          "properties": {
            "id": { "description": "The request's id.", "anyOf": [{ "type": "string" }, { "type": "number" }] },
            "timestamp": { "type": "string", "description": "When the request was accepted, UTC, ISO 8601." },
            "status": { "type": "string", "description": "The request's status." },
            "data": { "type": "object", "description": "The values as they were given." },
            "note": { "type": "string", "description": "What else to know about this request." }
          },
          "required": ["id", "timestamp", "status", "data"],
          "additionalProperties": false
        }
        """);

    /// <param name="idJson">The id as JSON text: a string or a number.</param>
    public static JsonElement Write(string idJson, DateTimeOffset timestamp, string status, JsonElement data, string? note)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, JsonSchemaWriter.Compact))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            writer.WriteRawValue(idJson);
            writer.WriteString("timestamp", Time(timestamp));
            writer.WriteString("status", status);
            writer.WritePropertyName("data");
            data.WriteTo(writer);
            if (note is not null)
            {
                writer.WriteString("note", note);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>The data on one line and without needless escapes, however the client wrote it.</summary>
    public static byte[] Compact(JsonElement data)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, JsonSchemaWriter.Compact))
        {
            data.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>UTC, ISO 8601, to the millisecond.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
