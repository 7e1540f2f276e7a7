using System.Text;

namespace McpFunctionApp.Callers;

/// <summary>
/// Keeps a token from coming back through text that an API wrote: some APIs repeat the request in their error messages.
/// </summary>
public static class TokenGuard
{
    // Shorter pieces turn up in ordinary text by chance.
    private const int ShortestPiece = 12;

    /// <summary>Whether a text holds the token, or any 12 characters of it in a row.</summary>
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

    /// <summary>
    /// Whether a form's JSON holds the whole token, as it is or in escapes (many libraries write <c>\/</c> and <c>\u002B</c>).
    /// A short token is let pass: it could be any word of a form.
    /// </summary>
    public static bool Repeats(ReadOnlySpan<byte> utf8, string token)
    {
        if (token.Length <= ShortestPiece)
        {
            return false;
        }

        var wanted = Encoding.UTF8.GetBytes(token);
        return utf8.IndexOf(wanted) >= 0 || (utf8.Contains((byte)'\\') && RepeatsEscaped(utf8, wanted));
    }

    private static bool RepeatsEscaped(ReadOnlySpan<byte> utf8, byte[] wanted)
    {
        var reader = new Utf8JsonReader(utf8);
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
