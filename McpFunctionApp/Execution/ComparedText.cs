using System.Text;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Execution;

/// <summary>
/// A text as it is compared where case, white space and Unicode form make no difference. What is taken out of a label is
/// taken out here, too, and so are variation selectors: emoji are typed with and without them. Pure.
/// </summary>
internal static class ComparedText
{
    public static string Fold(string text)
    {
        if (IsPlain(text))
        {
            return text.ToLowerInvariant();
        }

        var plain = CanonicalForm.Of(WithoutSelectors(Quotable.OneLine(text)));

        // Both, since each direction alone keeps some letters apart that are one: σ and ς, K and the Kelvin sign.
        return plain.ToUpperInvariant().ToLowerInvariant();
    }

    /// <summary>Whether cleaning would change nothing: nearly all labels are such.</summary>
    private static bool IsPlain(string text)
    {
        var before = ' ';
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' || (c == ' ' && before == ' '))
            {
                return false;
            }

            before = c;
        }

        return before != ' ';
    }

    private static string WithoutSelectors(string text)
    {
        if (!text.EnumerateRunes().Any(IsSelector))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsSelector(rune))
            {
                result.Append(rune);
            }
        }

        return result.ToString();
    }

    private static bool IsSelector(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180D) or 0x180F;
}
