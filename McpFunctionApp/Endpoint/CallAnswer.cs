using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>Writes the answer to <c>tools/call</c>.</summary>
internal static class CallAnswer
{
    /// <summary>About how many bytes it takes.</summary>
    public static int SizeOf(ToolReply reply) =>
        Math.Max(reply.OwnText?.Length ?? 0, reply.Json.Length)
        + reply.Json.Length
        + (reply.Question is { } question ? question.State.Length + SizeOf(question.InputRequests) : 0)
        + reply.Meta.Sum(entry => SizeOf(entry.Value));

    private static int SizeOf(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).Length;

    /// <param name="serverInfo">As JSON, for revision 2026-07-28; null for the revisions that know nothing of it.</param>
    public static void Write(Utf8JsonWriter writer, ToolReply reply, RequestId id, byte[]? serverInfo)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("result"u8);
        if (reply.Question is { } question)
        {
            writer.WritePropertyName("inputRequests"u8);
            question.InputRequests.WriteTo(writer);
            writer.WriteString("requestState"u8, question.State);
            AnswerEnd.Write(writer, null, id, serverInfo, "input_required");
            return;
        }

        writer.WriteStartArray("content"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        WriteText(writer, reply);
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (!reply.Json.IsEmpty)
        {
            writer.WritePropertyName("structuredContent"u8);
            writer.WriteRawValue(reply.Json.Span, skipInputValidation: true);
        }

        writer.WriteBoolean("isError"u8, reply.IsError);
        AnswerEnd.Write(writer, MetaOf(reply), id, serverInfo);
    }

    private static void WriteText(Utf8JsonWriter writer, ToolReply reply)
    {
        if (reply.OwnText is { } text)
        {
            writer.WriteString("text"u8, text);
        }
        else
        {
            writer.WriteString("text"u8, reply.Json.Span);
        }
    }

    private static Action<Utf8JsonWriter>? MetaOf(ToolReply reply) =>
        reply.ErrorMeta() is { } error ? writer => WriteError(writer, error)
        : reply.Meta.Count > 0 ? writer => WriteEntries(writer, reply)
        : null;

    private static void WriteError(Utf8JsonWriter writer, JsonObject error)
    {
        writer.WritePropertyName(ReplyMeta.Error);
        error.WriteTo(writer);
    }

    private static void WriteEntries(Utf8JsonWriter writer, ToolReply reply)
    {
        foreach (var (key, value) in reply.Meta)
        {
            writer.WritePropertyName(key);
            value.WriteTo(writer);
        }
    }
}
