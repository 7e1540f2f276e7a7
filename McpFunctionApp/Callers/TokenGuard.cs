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

    /// <summary>Whether one of many texts holds 12 characters of the token in a row. A shorter token is let pass: it could be any word of a form.</summary>
    public static bool RepeatsAny(IEnumerable<string> texts, string token)
    {
        if (token.Length < ShortestPiece)
        {
            return false;
        }

        var pieces = Enumerable.Range(0, token.Length - ShortestPiece + 1)
            .Select(at => token.Substring(at, ShortestPiece))
            .ToHashSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        return texts.Any(HasPiece);

        bool HasPiece(string text)
        {
            var last = text.Length - ShortestPiece;
            for (var at = 0; at <= last; at++)
            {
                if (pieces.Contains(text.AsSpan(at, ShortestPiece)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether a form's bytes hold the whole token. A short token is let pass: it could be any word of a form.</summary>
    public static bool Repeats(ReadOnlySpan<byte> utf8, string token) =>
        token.Length > ShortestPiece && utf8.IndexOf(Encoding.UTF8.GetBytes(token)) >= 0;
}
