using System.Net;
using System.Text;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Texts;

/// <summary>Text out of a form's HTML: untrusted, so that tags, scripts, styles and comments are taken out, and the work is
/// bounded.</summary>
internal static class HtmlText
{
    // What is looked at of a field's text: bounds the work on an enormous one.
    private const int MaxRead = 16_384;

    /// <summary>Text without tags, comments, scripts, styles, entities and control characters, on one line.</summary>
    public static string Strip(string html)
    {
        var bounded = html.Length > MaxRead ? html[..MaxRead].TrimEnd('<') : html;

        // Taking out what is invisible, and decoding entities, can bring further tags to light: hence before each pass.
        var decoded = WebUtility.HtmlDecode(WithoutTags(Quotable.OneLine(bounded)));
        return Quotable.OneLine(WithoutTags(Quotable.OneLine(decoded)));
    }

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
            if (
                text[at] == '<'
                && at + 1 < text.Length
                && (char.IsAsciiLetter(text[at + 1]) || text[at + 1] is '/' or '!' or '?')
            )
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
        var end =
            rest.StartsWith("<!--") ? "-->"
            : rest.StartsWith("<script", StringComparison.OrdinalIgnoreCase) ? "</script>"
            : rest.StartsWith("<style", StringComparison.OrdinalIgnoreCase) ? "</style>"
            : ">";
        var found = rest.IndexOf(end, StringComparison.OrdinalIgnoreCase);

        // A tag that is never closed takes the rest with it: half a tag is no text either.
        return found < 0 ? text.Length : start + found + end.Length;
    }
}
