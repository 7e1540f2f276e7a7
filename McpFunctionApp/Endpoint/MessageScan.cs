using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>What a body says without being parsed: it is run through once, and nothing of it is kept. Pure.</summary>
internal static class MessageScan
{
    private const int MaxDepth = 64;

    // What the parser keeps of each value and each name.
    private const long BytesPerToken = 12;

    /// <summary>The id for an answer to a message that is refused unread; null as JSON where it has no usable one.</summary>
    public static RequestId IdOf(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return default;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isId)
                {
                    return Value(ref reader);
                }

                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It is refused whatever it is.
        }

        return default;
    }

    /// <summary>
    /// About how many bytes is made of a message beside its body: its texts, with two bytes a character, an answer that
    /// repeats them, and what the parser keeps. Of a list of short numbers that is nine times as much as it has.
    /// </summary>
    public static long WeightOf(ReadOnlySpan<byte> utf8) =>
        (3L * utf8.Length) + (BytesPerToken * (utf8.Count((byte)',') + utf8.Count((byte)':') + (2L * (utf8.Count((byte)'[') + utf8.Count((byte)'{')))));

    private static RequestId Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => new RequestId(reader.GetString()!),
        JsonTokenType.Number when reader.TryGetInt64(out var number) => new RequestId(number),
        _ => default,
    };
}
