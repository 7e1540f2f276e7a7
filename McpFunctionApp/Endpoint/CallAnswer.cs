using System.Text;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>Writes the answer to <c>tools/call</c>.</summary>
internal static class CallAnswer
{
    /// <param name="serverInfo">As JSON, for revision 2026-07-28; null for the revisions that know nothing of it.</param>
    public static void Write(Utf8JsonWriter writer, ToolReply reply, RequestId id, byte[]? serverInfo)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("result"u8);
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
        AnswerEnd.Write(writer, ReplyMeta.Error, reply.ErrorMeta() is { } meta ? Encoding.UTF8.GetBytes(meta.ToJsonString()) : [], id, serverInfo);
    }
}
