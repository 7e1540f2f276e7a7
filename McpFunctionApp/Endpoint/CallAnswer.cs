using System.Buffers;
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
        reply.Text.Length + (reply.Structured is { } structured ? JsonMarshal.GetRawUtf8Value(structured).Length : 0);

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
        AnswerEnd.Write(writer, ReplyMeta.Error, reply.ErrorMeta() is { } meta ? Bytes(meta) : default, id, serverInfo);
    }

    private static ReadOnlySpan<byte> Bytes(JsonObject meta)
    {
        var json = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = RpcJson.Encoder });
        meta.WriteTo(writer);
        writer.Flush();
        return json.WrittenSpan;
    }
}
