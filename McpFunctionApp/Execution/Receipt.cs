using System.Globalization;
using McpFunctionApp.Replies;
using McpFunctionApp.Submissions;

namespace McpFunctionApp.Execution;

/// <summary>
/// The structured answer of a form's tool: id, number and address as far as there are any, timestamp, status, the data,
/// and a note where there is something to know.
/// </summary>
internal static class Receipt
{
    // Of bytes beside the data.
    private const int UsualRest = 512;

    private const string NoNumber = "The request was accepted without a number: the form API gave none.";

    /// <summary>Every receipt matches this; id and number keep the JSON type that the form API gave them.</summary>
    public static JsonElement OutputSchema { get; } =
        JsonElement.Parse(
            """
            {
              "type": "object",
              "properties": {
                "id": { "description": "The request's id; null where the form API gave none.", "anyOf": [{ "type": "string" },
                { "type": "number" }, { "type": "null" }] },
                "number": { "description": "The number by which people know the request.", "anyOf": [{ "type": "string" },
                { "type": "number" }] },
                "url": { "type": "string", "description": "Where people can look at the request." },
                "timestamp": { "type": "string", "description": "When the request was accepted, UTC, ISO 8601." },
                "status": { "type": "string", "description": "The request's status." },
                "data": { "type": "object", "description": "The values as they were submitted, by parameter." },
                "note": { "type": "string", "description": "What else to know about this request." }
              },
              "required": ["id", "timestamp", "status", "data"],
              "additionalProperties": false
            }
            """
        );

    /// <param name="data">The values by parameter: JSON in UTF-8.</param>
    public static ReadOnlyMemory<byte> Write(SubmissionReceipt receipt, DateTimeOffset timestamp, ReadOnlyMemory<byte> data) =>
        Write(receipt, timestamp, receipt.Status ?? "submitted", data, receipt.IdJson is null ? NoNumber : null);

    /// <param name="idJson">The id as JSON text: a string or a number.</param>
    /// <param name="data">The values by parameter: JSON in UTF-8.</param>
    public static ReadOnlyMemory<byte> Write(
        string idJson,
        DateTimeOffset timestamp,
        string status,
        ReadOnlyMemory<byte> data,
        string? note
    ) => Write(SubmissionReceipt.Empty with { IdJson = idJson }, timestamp, status, data, note);

    private static ReadOnlyMemory<byte> Write(
        SubmissionReceipt receipt,
        DateTimeOffset timestamp,
        string status,
        ReadOnlyMemory<byte> data,
        string? note
    ) =>
        CompactJson.Write(
            writer =>
            {
                writer.WriteStartObject();
                WriteRaw(writer, "id", receipt.IdJson ?? "null");
                WriteRaw(writer, "number", receipt.NumberJson);
                WriteText(writer, "url", receipt.Url);
                writer.WriteString("timestamp", Time(timestamp));
                writer.WriteString("status", status);
                writer.WritePropertyName("data");
                writer.WriteRawValue(data.Span, skipInputValidation: true);
                WriteText(writer, "note", note);
                writer.WriteEndObject();
            },
            data.Length + UsualRest
        );

    private static void WriteRaw(Utf8JsonWriter writer, string name, string? json)
    {
        if (json is not null)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    /// <summary>UTC, ISO 8601, to the millisecond.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
