using System.Buffers;
using System.Net;
using System.Text;
using McpFunctionApp.Replies;

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

    // What a label may keep, since a word or an emoji needs it, and what may begin an HTML entity.
    private static readonly SearchValues<char> s_unseen = SearchValues.Create(
        "&\u00AD\u034F\u200B\u200C\u200D\u2060\uFE0E\uFE0F\uFEFF"
    );

    /// <summary>
    /// Whether a message holds the token, or any 12 characters of it in a row, as it is written or as it will be shown:
    /// without what cannot be seen, and with HTML entities read.
    /// </summary>
    public static bool Repeats(string text, string token) =>
        RepeatsAsWritten(text, token) || (MayHide(text) && RepeatsAsWritten(Seen(text), token));

    /// <summary>The same for data such as an id, where a token of less than 32 characters is let pass: it could be any
    /// word.</summary>
    public static bool RepeatsInData(string text, string token) => token.Length >= ShortestGuarded && Repeats(text, token);

    /// <summary>
    /// Whether text of a form as it goes out, cleaned and cut, shows 32 characters of the token in a row, be it with
    /// characters between them that nobody sees or in HTML entities. Fewer could be what all tokens of an authority begin with,
    /// which a form
    /// may well explain.
    /// </summary>
    public static bool Shows(string text, string token) =>
        Share(text.AsSpan(), token.AsSpan(), ShortestGuarded)
        || (text.AsSpan().ContainsAny(s_unseen) && Share(Seen(text).AsSpan(), token.AsSpan(), ShortestGuarded));

    /// <summary>Any piece of this length holds one of the token's blocks of half of it whole: those are looked for, and what
    /// stands around one.</summary>
    private static bool Share<T>(ReadOnlySpan<T> text, ReadOnlySpan<T> token, int length)
        where T : IEquatable<T>
    {
        var block = length / 2;
        for (var at = 0; text.Length >= length && at + block <= token.Length; at += block)
        {
            var found = 0;
            for (var from = 0; (found = text[from..].IndexOf(token.Slice(at, block))) >= 0; from += found + 1)
            {
                var place = from + found;
                if (CommonEnd(text[..place], token[..at]) + text[place..].CommonPrefixLength(token[at..]) >= length)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static int CommonEnd<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : IEquatable<T>
    {
        var length = 0;
        while (length < a.Length && length < b.Length && a[^(length + 1)].Equals(b[^(length + 1)]))
        {
            length++;
        }

        return length;
    }

    private static string Seen(string text) => Quotable.OneLine(WebUtility.HtmlDecode(Quotable.OneLine(text)));

    private static bool MayHide(string text) => text.Contains('&') || text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool RepeatsAsWritten(string text, string token)
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
