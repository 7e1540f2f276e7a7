using System.Text;

namespace McpFunctionApp.Callers;

/// <summary>
/// Keeps a token from coming back through text that an API wrote: some APIs repeat the request in their error messages.
/// </summary>
public static class TokenGuard
{
    // Shorter pieces turn up in ordinary text by chance.
    private const int ShortestPiece = 12;

    // Data may have been named after a short token, such as one made up for a test; a real one is longer and random.
    private const int ShortestGuarded = 32;

    /// <summary>Whether a message holds the token, or any 12 characters of it in a row.</summary>
    public static bool Repeats(string text, string token)
    {
        if (token.Length <= ShortestPiece)
        {
            return text.Contains(token, StringComparison.Ordinal);
        }

        for (var at = 0; at + ShortestPiece <= text.Length; at++)
        {
            if (token.AsSpan().IndexOf(text.AsSpan(at, ShortestPiece), StringComparison.Ordinal) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The same for data such as an id, where a token of less than 32 characters is let pass: it could be any word.</summary>
    public static bool RepeatsInData(string text, string token) => token.Length >= ShortestGuarded && Repeats(text, token);

    /// <summary>
    /// Whether JSON data holds the whole token, as it is or in escapes (many libraries write <c>\/</c> and <c>\u002B</c>).
    /// A token of less than 32 characters is let pass here, too.
    /// </summary>
    public static bool Holds(ReadOnlySpan<byte> utf8, string token)
    {
        if (token.Length < ShortestGuarded)
        {
            return false;
        }

        var wanted = Encoding.UTF8.GetBytes(token);
        return utf8.IndexOf(wanted) >= 0 || (utf8.Contains((byte)'\\') && RepeatsEscaped(utf8, wanted));
    }

    private static bool RepeatsEscaped(ReadOnlySpan<byte> utf8, byte[] wanted)
    {
        var reader = new Utf8JsonReader(utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[3..] : utf8);
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped && Unescaped(ref reader).IndexOf(wanted) >= 0)
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // What is no JSON is no form either, and is refused where it is read.
        }

        return false;
    }

    private static ReadOnlySpan<byte> Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            var text = new byte[reader.ValueSpan.Length];
            return text.AsSpan(0, reader.CopyString(text));
        }
        catch (InvalidOperationException)
        {
            // Escapes that are no text, such as "\ud800" alone.
            return [];
        }
    }
}
