using System.Globalization;

namespace McpFunctionApp.Replies;

/// <summary>Makes text from outside fit to be quoted in a message or a description: one line, no control characters, bounded.</summary>
public static class Quotable
{
    /// <summary>At most <paramref name="limit"/> UTF-16 units, cut between characters, with an ellipsis where something was cut.</summary>
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

        return string.Concat(clean.AsSpan(0, EndOfCharacter(clean, Math.Min(clean.Length, limit - 1))), "…");
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
        for (var at = 0; at < text.Length;)
        {
            at += line.Take(text.AsSpan(at));
        }

        return line.ToString();
    }

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

    private static bool IsPlainLine(string text)
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
