using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>What ends every answer that is written here: the result's last members and the message's, in the order of the SDK's
/// server.</summary>
internal static class AnswerEnd
{
    /// <param name="meta">Writes what this server has to say in <c>_meta</c>; null where there is nothing.</param>
    /// <param name="serverInfo">As JSON, for revision 2026-07-28; null for the revisions that know nothing of it.</param>
    public static void Write(
        Utf8JsonWriter writer,
        Action<Utf8JsonWriter>? meta,
        RequestId id,
        byte[]? serverInfo,
        string resultType = "complete"
    )
    {
        if (meta is not null)
        {
            WriteMeta(writer, meta, serverInfo);
        }

        if (serverInfo is not null)
        {
            writer.WriteString("resultType"u8, resultType);
            if (meta is null)
            {
                WriteMeta(writer, null, serverInfo);
            }
        }

        writer.WriteEndObject();
        WriteId(writer, id);
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WriteEndObject();
    }

    private static void WriteMeta(Utf8JsonWriter writer, Action<Utf8JsonWriter>? meta, byte[]? serverInfo)
    {
        writer.WriteStartObject("_meta"u8);
        meta?.Invoke(writer);
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
