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

    /// <summary>Whether a form's bytes hold the whole token. A short token is let pass: it could be any word of a form.</summary>
    public static bool Repeats(ReadOnlySpan<byte> utf8, string token) =>
        token.Length > ShortestPiece && (utf8.IndexOf(Encoding.UTF8.GetBytes(token)) >= 0 || RepeatsEscaped(utf8, token));

    /// <summary>Many JSON writers escape the + or / of a token, so that the bytes alone do not show it.</summary>
    private static bool RepeatsEscaped(ReadOnlySpan<byte> utf8, string token)
    {
        var reader = new Utf8JsonReader(utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[3..] : utf8);
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped && TextOf(ref reader).Contains(token, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // No JSON is no form: nothing of it will be used.
        }

        return false;
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escape that is no text: the field that holds it is left out, and so is what it says.
            return "";
        }
    }
}
