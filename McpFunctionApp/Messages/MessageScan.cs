using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Messages;

/// <summary>What a body says without being parsed: it is run through once, and nothing of it is kept. Pure.</summary>
internal static class MessageScan
{
    /// <summary>Names and values together: to parse more takes a tenth of a second and more, and nobody's form has so
    /// many.</summary>
    public const int MaxValues = 100_000;

    private const int MaxDepth = 64;

    // A refusal that is to save memory does not repeat a megabyte.
    private const int MaxIdBytes = 8_192;

    // What the parser keeps of each value and each name.
    private const long BytesPerToken = 12;

    /// <summary>The id for an answer to a message that is refused unread; null as JSON where it has no usable one, or one of more
    /// than 8 KiB.</summary>
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
        (3L * utf8.Length)
        + (
            BytesPerToken
            * (utf8.Count((byte)',') + utf8.Count((byte)':') + (2L * (utf8.Count((byte)'[') + utf8.Count((byte)'{'))))
        );

    /// <summary>Whether it is JSON with more names and values than are parsed. Counts only where there are commas for so
    /// many.</summary>
    public static bool HasTooManyValues(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Count((byte)',') + utf8.Count((byte)'[') + utf8.Count((byte)'{') < MaxValues / 2)
        {
            return false;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        var values = 0;
        try
        {
            while (values <= MaxValues && reader.Read())
            {
                values += reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject ? 0 : 1;
            }
        }
        catch (JsonException)
        {
            // The parser says what is wrong with it.
        }

        return values > MaxValues;
    }

    private static RequestId Value(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String when reader.ValueSpan.Length <= MaxIdBytes => new RequestId(reader.GetString()!),
            JsonTokenType.Number when reader.TryGetInt64(out var number) => new RequestId(number),
            _ => default,
        };
}
