using System.Globalization;
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

        return Cut(clean, limit);
    }

    /// <summary>
    /// A text as somebody wrote it, for between quotes: blanks are kept, and tabs, line breaks and other control characters
    /// show as <c>\t</c>, <c>\n</c>, <c>\u001b</c>. What has no width is taken out. Bounded like <see cref="Shorten"/>.
    /// </summary>
    public static string Show(string text, int limit = 100)
    {
        var result = new StringBuilder(Math.Min(text.Length, limit) + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsWithoutWidth(rune))
            {
                continue;
            }

            var shown = Shown(rune);
            if (result.Length + shown.Length > limit)
            {
                return Cut(result.ToString(), limit);
            }

            result.Append(shown);
        }

        return result.ToString();
    }

    /// <summary>
    /// Control characters (line breaks, escapes) and lone surrogates become spaces, runs of white space one space. What
    /// has no width of its own (zero-width and direction marks, variation selectors) is taken out: text can hide in it.
    /// </summary>
    public static string OneLine(string text)
    {
        var result = new StringBuilder(text.Length);
        var space = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsWithoutWidth(rune))
            {
                continue;
            }

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

    private static string Cut(string text, int limit)
    {
        var end = Math.Min(text.Length, limit - 1);
        return string.Concat(text.AsSpan(0, end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }

    private static string Shown(Rune rune) => rune.Value switch
    {
        '\t' => "\\t",
        '\n' => "\\n",
        '\r' => "\\r",
        _ when IsInvisible(rune) => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
        _ => rune.ToString(),
    };

    private static bool IsInvisible(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static bool IsWithoutWidth(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
