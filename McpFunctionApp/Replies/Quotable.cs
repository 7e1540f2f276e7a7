using System.Text;

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

        var end = Math.Min(clean.Length, limit - 1);
        return string.Concat(clean.AsSpan(0, end > 0 && char.IsHighSurrogate(clean[end - 1]) ? end - 1 : end), "…");
    }

    /// <summary>
    /// Control and format characters (line breaks, escapes, zero-width and direction marks) and lone surrogates become
    /// spaces; runs of white space become one space.
    /// </summary>
    public static string OneLine(string text)
    {
        var result = new StringBuilder(text.Length);
        var space = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || IsInvisible(rune))
            {
                space = result.Length > 0;
                continue;
            }

            if (space)
            {
                result.Append(' ');
                space = false;
            }

            result.Append(rune.ToString());
        }

        return result.ToString();
    }

    private static bool IsInvisible(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control
            or System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator
            or System.Globalization.UnicodeCategory.PrivateUse
            or System.Globalization.UnicodeCategory.OtherNotAssigned;
}
