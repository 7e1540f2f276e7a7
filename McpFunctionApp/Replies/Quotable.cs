using System.Globalization;
using System.Text;

namespace McpFunctionApp.Replies;

/// <summary>Makes text from outside fit to be quoted in a message or a description: one line, no control characters,
/// bounded.</summary>
public static class Quotable
{
    /// <summary>At most <paramref name="limit"/> UTF-16 units, cut between characters, with an ellipsis where something was
    /// cut.</summary>
    public static string Shorten(string text, int limit = 100)
    {
        // Cut before cleaning, so that a megabyte of text costs no more than a line of it.
        var trimmed = text.Trim();
        var isCut = trimmed.Length > 4 * limit;
        var clean = OneLine(isCut ? trimmed[..(4 * limit)] : trimmed);
        if (clean.Length <= limit && !isCut)
        {
            return clean;
        }

        return Cut(clean, limit);
    }

    /// <summary>
    /// A text as somebody wrote it, for between quotes: blanks are kept, and tabs, line breaks and other control characters
    /// show as <c>\t</c>, <c>\n</c>, <c>\u001b</c>. What has no width is treated as <see cref="OneLine"/> does. Bounded like
    /// <see cref="Shorten"/>.
    /// </summary>
    public static string Show(string text, int limit = 100)
    {
        var result = new StringBuilder(Math.Min(text.Length, limit) + 8);
        var before = default(Rune);
        for (var at = 0; at < text.Length && result.Length <= limit; )
        {
            var rest = text.AsSpan(at);
            Rune.DecodeFromUtf16(rest, out var rune, out var length);
            if (Invisible.IsWithoutWidth(rune))
            {
                var kept = Invisible.CountKept(rest, rune, before);
                result.Append(rest[..kept]);
                at += Math.Max(kept, Invisible.CountTogether(rest, rune));
            }
            else
            {
                result.Append(Shown(rune));
                at += length;
            }

            before = Rune.IsWhiteSpace(rune) ? default : rune;
        }

        var shown = result.ToString();
        return shown.Length <= limit ? shown : Cut(shown, limit);
    }

    /// <summary>
    /// Control characters (line breaks, escapes) and lone surrogates become spaces, runs of white space one space. What
    /// has no width of its own is taken out, since text can hide in it, but for the joiners, variation selectors and tags
    /// that belong to a word or an emoji. Of the marks over one character only the first six are kept.
    /// </summary>
    public static string OneLine(string text)
    {
        if (IsPlainLine(text))
        {
            return text;
        }

        var line = new LineBuilder(text.Length);
        for (var at = 0; at < text.Length; )
        {
            at += line.Take(text.AsSpan(at));
        }

        return line.ToString();
    }

    private static string Cut(string text, int limit) =>
        string.Concat(text.AsSpan(0, EndOfCharacter(text, Math.Min(text.Length, limit - 1))), "…");

    private static string Shown(Rune rune) =>
        rune.Value switch
        {
            '\t' => "\\t",
            '\n' => "\\n",
            '\r' => "\\r",
            _ when LineBuilder.IsUnreadable(rune) => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
            _ => rune.ToString(),
        };

    /// <summary>Where the last whole character before this place ends, an emoji of several parts being one.</summary>
    private static int EndOfCharacter(string text, int place)
    {
        var end = 0;
        while (end < text.Length && StringInfo.GetNextTextElementLength(text, end) is var length && end + length <= place)
        {
            end += length;
        }

        return end;
    }

    /// <summary>Whether it is ASCII on one line, with single blanks between its words: nearly all texts are.</summary>
    internal static bool IsPlainLine(string text)
    {
        var before = ' ';
        foreach (var character in text)
        {
            if (character is < ' ' or > '~' || (character == ' ' && before == ' '))
            {
                return false;
            }

            before = character;
        }

        return before != ' ' || text.Length == 0;
    }
}
