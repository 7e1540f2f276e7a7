using System.Buffers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>Writes the answer to <c>tools/list</c>: the tools' kept bytes, within the few that are of this answer alone.</summary>
internal static class ListAnswer
{
    private static ReadOnlySpan<byte> Head => "{\"result\":{\"tools\":["u8;

    /// <param name="serverInfo">As JSON, for revision 2026-07-28; null for the revisions that know nothing of it.</param>
    public static async Task WriteAsync(HttpContext context, ToolListing listing, RequestId id, byte[]? serverInfo)
    {
        var frame = Frame(listing, id, serverInfo);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = frame.WrittenCount + Length(listing.Tools);
        Write(context.Response.BodyWriter, frame.WrittenSpan, listing.Tools);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>The whole answer, with no tool in it yet.</summary>
    private static ArrayBufferWriter<byte> Frame(ToolListing listing, RequestId id, byte[]? serverInfo)
    {
        var frame = new ArrayBufferWriter<byte>(384);
        using var writer = new Utf8JsonWriter(frame, AnswerEnd.Trusted);
        writer.WriteStartObject();
        writer.WriteStartObject("result"u8);
        writer.WriteStartArray("tools"u8);
        writer.WriteEndArray();
        if (serverInfo is not null)
        {
            writer.WriteNumber("ttlMs"u8, (long)listing.TimeToLive.TotalMilliseconds);
            writer.WriteString("cacheScope"u8, "private"u8);
        }

        AnswerEnd.Write(writer, ReplyMeta.Fallback, listing.FallbackMeta, id, serverInfo);
        return frame;
    }

    private static int Length(IReadOnlyList<ListedTool> tools)
    {
        var length = Math.Max(0, tools.Count - 1);
        for (var i = 0; i < tools.Count; i++)
        {
            length += tools[i].Json.Length;
        }

        return length;
    }

    private static void Write(IBufferWriter<byte> body, ReadOnlySpan<byte> frame, IReadOnlyList<ListedTool> tools)
    {
        body.Write(frame[..Head.Length]);
        for (var i = 0; i < tools.Count; i++)
        {
            body.Write(i == 0 ? [] : ","u8);
            body.Write(tools[i].Json);
        }

        body.Write(frame[Head.Length..]);
    }
}
