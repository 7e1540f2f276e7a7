using System.Net;
using System.Text;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Forms;

/// <summary>
/// Turns a form's own texts into a description that a model reads: untrusted text, so HTML and control characters are
/// taken out and the length is bounded.
/// </summary>
internal static class FieldText
{
    /// <summary>The limit of a description, in UTF-16 units.</summary>
    public const int MaxDescription = 512;

    // What is looked at of a field's text: bounds the work on an enormous one.
    private const int MaxRead = 16_384;

    /// <summary>The description alone, or <c>name: description</c> where both say different things; then <paramref name="note"/>.</summary>
    public static string Describe(string name, string description, string note)
    {
        var shownName = Plain(name);
        var shownText = Plain(description);
        var text = shownText.Length == 0 || SameWords(shownName, shownText) ? shownName
            : shownName.Length == 0 ? shownText
            : $"{shownName}: {shownText}";
        var room = MaxDescription - note.Length;
        return note.Length == 0 ? Quotable.Shorten(text, room) : $"{Quotable.Shorten(text, room - 1)} {note}".Trim();
    }

    /// <summary>Text without tags, comments, scripts, styles, entities and control characters, on one line.</summary>
    public static string Plain(string text)
    {
        var bounded = text.Length > MaxRead ? text[..MaxRead].TrimEnd('<') : text;

        // Taking out what is invisible, and decoding entities, can bring further tags to light: hence before each pass.
        var decoded = WebUtility.HtmlDecode(WithoutTags(Quotable.OneLine(bounded)));
        return Quotable.OneLine(WithoutTags(Quotable.OneLine(decoded)));
    }

    private static bool SameWords(string a, string b) =>
        string.Equals(a.TrimEnd('.', ':', ' '), b.TrimEnd('.', ':', ' '), StringComparison.OrdinalIgnoreCase);

    private static string WithoutTags(string text)
    {
        if (!text.Contains('<'))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var at = 0;
        var gap = false;
        while (at < text.Length)
        {
            if (text[at] == '<' && at + 1 < text.Length && (char.IsAsciiLetter(text[at + 1]) || text[at + 1] is '/' or '!' or '?'))
            {
                at = EndOfTag(text, at);
                gap = true;
                continue;
            }

            // A tag parts words, but a sentence still ends where it did: "in <b>one line</b>."
            if (gap && text[at] is not ('.' or ',' or ';' or ':' or ')'))
            {
                result.Append(' ');
            }

            gap = false;
            result.Append(text[at++]);
        }

        return result.ToString();
    }

    private static int EndOfTag(string text, int start)
    {
        var rest = text.AsSpan(start);
        var end = rest.StartsWith("<!--") ? "-->"
            : rest.StartsWith("<script", StringComparison.OrdinalIgnoreCase) ? "</script>"
            : rest.StartsWith("<style", StringComparison.OrdinalIgnoreCase) ? "</style>"
            : ">";
        var found = rest.IndexOf(end, StringComparison.OrdinalIgnoreCase);

        // A tag that is never closed takes the rest with it: half a tag is no text either.
        return found < 0 ? text.Length : start + found + end.Length;
    }
}
