using McpFunctionApp.Catalog;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>Writes the answer to <c>tools/list</c>: the tools' kept bytes, and the few that are of this answer alone.</summary>
internal static class ListAnswer
{
    private static readonly byte[] s_comma = ","u8.ToArray();

    private static ReadOnlySpan<byte> Head => """{"result":{"tools":["""u8;

    /// <summary>The bytes of all tools.</summary>
    public static int SizeOf(ToolListing listing)
    {
        var size = 0;
        foreach (var tool in listing.Tools)
        {
            size += tool.Json.Length;
        }

        return size;
    }

    /// <param name="serverInfo">As JSON, for revision 2026-07-28; null for the revisions that know nothing of it.</param>
    public static void Write(Utf8JsonWriter writer, ToolListing listing, RequestId id, byte[]? serverInfo)
    {
        Begin(writer);
        foreach (var tool in listing.Tools)
        {
            writer.WriteRawValue(tool.Json.Span, skipInputValidation: true);
        }

        End(writer, listing, id, serverInfo);
    }

    public static void WriteWithoutTools(Utf8JsonWriter writer, ToolListing listing, RequestId id, byte[]? serverInfo)
    {
        Begin(writer);
        End(writer, listing, id, serverInfo);
    }

    /// <summary>For a list that is larger than a piece: the tools' bytes are kept once, however many clients do not read
    /// them.</summary>
    /// <param name="frame">What <see cref="WriteWithoutTools"/> has written.</param>
    public static async Task SendInPiecesAsync(HttpContext context, ToolListing listing, ReadOnlyMemory<byte> frame)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = frame.Length + SizeOf(listing) + listing.Tools.Count - 1;
        await BodyPieces.WriteAsync(response, frame[..Head.Length], context.RequestAborted);
        for (var n = 0; n < listing.Tools.Count; n++)
        {
            await BodyPieces.WriteAsync(response, n == 0 ? default : s_comma, context.RequestAborted);
            await BodyPieces.WriteAsync(response, listing.Tools[n].Json, context.RequestAborted);
        }

        await BodyPieces.WriteAsync(response, frame[Head.Length..], context.RequestAborted);
    }

    private static void Begin(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("result"u8);
        writer.WriteStartArray("tools"u8);
    }

    private static void End(Utf8JsonWriter writer, ToolListing listing, RequestId id, byte[]? serverInfo)
    {
        writer.WriteEndArray();
        if (serverInfo is not null)
        {
            writer.WriteNumber("ttlMs"u8, (long)listing.TimeToLive.TotalMilliseconds);
            writer.WriteString("cacheScope"u8, "private"u8);
        }

        AnswerEnd.Write(writer, listing.FallbackMeta.Length == 0 ? null : Fallback(listing.FallbackMeta), id, serverInfo);
    }

    // A method of its own, so that a list without it makes no closure.
    private static Action<Utf8JsonWriter> Fallback(byte[] meta) =>
        writer =>
        {
            writer.WritePropertyName(ReplyMeta.Fallback);
            writer.WriteRawValue(meta, skipInputValidation: true);
        };
}
