using McpFunctionApp.Catalog;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>Writes the answer to <c>tools/list</c>: the tools' kept bytes, and the few that are of this answer alone.</summary>
internal static class ListAnswer
{
    /// <param name="serverInfo">As JSON, for revision 2026-07-28; null for the revisions that know nothing of it.</param>
    public static void Write(Utf8JsonWriter writer, ToolListing listing, RequestId id, byte[]? serverInfo)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("result"u8);
        writer.WriteStartArray("tools"u8);
        foreach (var tool in listing.Tools)
        {
            writer.WriteRawValue(tool.Json, skipInputValidation: true);
        }

        writer.WriteEndArray();
        if (serverInfo is not null)
        {
            writer.WriteNumber("ttlMs"u8, (long)listing.TimeToLive.TotalMilliseconds);
            writer.WriteString("cacheScope"u8, "private"u8);
        }

        AnswerEnd.Write(writer, ReplyMeta.Fallback, listing.FallbackMeta, id, serverInfo);
    }
}
