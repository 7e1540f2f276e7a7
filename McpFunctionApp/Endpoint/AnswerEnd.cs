using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>What ends every answer that is written here: the result's last members and the message's, in the order of the SDK's server.</summary>
internal static class AnswerEnd
{
    /// <param name="meta">What this server has to say in <c>_meta</c> under <paramref name="key"/>, as JSON; empty where there is nothing.</param>
    /// <param name="serverInfo">As JSON, for revision 2026-07-28; null for the revisions that know nothing of it.</param>
    public static void Write(Utf8JsonWriter writer, string key, ReadOnlySpan<byte> meta, RequestId id, byte[]? serverInfo)
    {
        if (!meta.IsEmpty)
        {
            WriteMeta(writer, key, meta, serverInfo);
        }

        if (serverInfo is not null)
        {
            writer.WriteString("resultType"u8, "complete"u8);
            if (meta.IsEmpty)
            {
                WriteMeta(writer, key, meta, serverInfo);
            }
        }

        writer.WriteEndObject();
        WriteId(writer, id);
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WriteEndObject();
    }

    private static void WriteMeta(Utf8JsonWriter writer, string key, ReadOnlySpan<byte> meta, byte[]? serverInfo)
    {
        writer.WriteStartObject("_meta"u8);
        if (!meta.IsEmpty)
        {
            writer.WritePropertyName(key);
            writer.WriteRawValue(meta, skipInputValidation: true);
        }

        if (serverInfo is not null)
        {
            writer.WritePropertyName(MetaKeys.ServerInfo);
            writer.WriteRawValue(serverInfo, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter writer, RequestId id)
    {
        if (id.Id is long number)
        {
            writer.WriteNumber("id"u8, number);
        }
        else
        {
            writer.WriteString("id"u8, (string?)id.Id);
        }
    }
}
