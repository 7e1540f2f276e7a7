using System.Text;
using System.Text.RegularExpressions;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>Of <see cref="SchemaSafety"/> what is asked of a text for a model: short, visible and without markup.</summary>
internal static partial class DescriptionSafety
{
    public static void Check(string text, int limit = 512)
    {
        Assert.InRange(text.Length, 1, limit);
        Assert.DoesNotContain(text, c => char.IsControl(c));
        Assert.DoesNotContain(text.EnumerateRunes(), IsHidden);
        Assert.DoesNotMatch(Tag(), text);
    }

    // Joiners and tags belong to words and emoji.
    private static bool IsHidden(Rune rune) =>
        rune == Rune.ReplacementChar
        || (
            Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format
            && rune.Value is not (0x200C or 0x200D or (>= 0xE0020 and <= 0xE007F))
        );

    [GeneratedRegex("<[A-Za-z/!?]")]
    private static partial Regex Tag();
}
