using System.Text;
using McpFunctionApp.Replies;
using McpFunctionApp.Texts;

namespace McpFunctionApp.Forms;

/// <summary>A form's own texts as they are shown and compared: untrusted, so that nothing is in them that cannot be
/// seen.</summary>
internal static class FieldText
{
    /// <summary>The limit of a description, in UTF-16 units.</summary>
    public const int MaxDescription = 512;

    /// <summary>The limit of a label, in UTF-16 units.</summary>
    public const int MaxLabel = 256;

    /// <summary>A label as it is listed: on one line, without what cannot be seen, at most <see cref="MaxLabel"/> long.</summary>
    public static string Plain(string text) => Quotable.Shorten(text, MaxLabel);

    /// <summary>
    /// What two labels have in common that differ in white space, Unicode form or case alone, or in what has no width.
    /// Only for comparing: nobody is shown it.
    /// </summary>
    public static string Fold(string text)
    {
        if (text.Length <= MaxLabel && Quotable.IsPlainLine(text))
        {
            return text.ToLowerInvariant();
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in Decompositions.Apply(Plain(text)))
        {
            if (!Invisible.IsWithoutWidth(rune))
            {
                folded.Append(rune);
            }
        }

        // Upper first: several small letters have one capital letter. Some decompositions begin with a space.
        return Quotable.OneLine(folded.ToString().ToUpperInvariant().ToLowerInvariant());
    }

    /// <summary>The description alone, or <c>name: description</c> where both say different things; then
    /// <paramref name="note"/>.</summary>
    public static string Describe(string name, string description, string note)
    {
        var shownName = HtmlText.Strip(name);
        var shownText = HtmlText.Strip(description);
        var text =
            shownText.Length == 0 || SameWords(shownName, shownText) ? shownName
            : shownName.Length == 0 ? shownText
            : $"{shownName}: {shownText}";
        var room = MaxDescription - note.Length;
        return note.Length == 0 ? Quotable.Shorten(text, room) : $"{Quotable.Shorten(text, room - 1)} {note}".Trim();
    }

    private static bool SameWords(string a, string b) =>
        string.Equals(a.TrimEnd('.', ':', ' '), b.TrimEnd('.', ':', ' '), StringComparison.OrdinalIgnoreCase);
}
