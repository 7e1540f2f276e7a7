using System.Buffers;
using System.Text;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>Writes the answer to <c>tools/call</c>.</summary>
internal static class CallAnswer
{
    /// <param name="serverInfo">As JSON, for revision 2026-07-28; null for the revisions that know nothing of it.</param>
    public static async Task WriteAsync(HttpContext context, ToolReply reply, RequestId id, byte[]? serverInfo)
    {
        var answer = Answer(reply, id, serverInfo);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.WrittenCount;
        await context.Response.Body.WriteAsync(answer.WrittenMemory, context.RequestAborted);
    }

    private static ArrayBufferWriter<byte> Answer(ToolReply reply, RequestId id, byte[]? serverInfo)
    {
        var answer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(answer, AnswerEnd.Trusted);
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
        return answer;
    }
}
