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
        reply.Text.Length
        + (reply.Question is { } question ? question.State.Length + SizeOf(question.InputRequests) : 0)
        + (reply.Structured is { } structured ? SizeOf(structured) : 0)
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
        writer.WriteString("text"u8, reply.Text);
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (reply.Structured is { } structured)
        {
            writer.WritePropertyName("structuredContent"u8);
            structured.WriteTo(writer);
        }

        writer.WriteBoolean("isError"u8, reply.IsError);
        AnswerEnd.Write(writer, MetaOf(reply), id, serverInfo);
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
