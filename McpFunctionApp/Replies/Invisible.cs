using System.Globalization;
using System.Text;

namespace McpFunctionApp.Replies;

/// <summary>
/// Which characters without a width of their own belong to a text. Decided by Unicode's properties: text can hide in
/// them, but words and emoji of many scripts are written with joiners, variation selectors and tags.
/// </summary>
internal static class Invisible
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;
    private const int AsPicture = 0xFE0F;
    private const int Keycap = 0x20E3;
    private const int BlackFlag = 0x1F3F4;
    private const int EndOfTags = 0xE007F;

    // A flag's tags are the code of a part of a country, such as gbsct: no room for a sentence.
    private const int MaxTags = 6;

    /// <summary>Whether it has no width: ignorable by default, a format character that is no sign of its own, or one of the two
    /// blank symbols.</summary>
    public static bool IsWithoutWidth(Rune rune) =>
        IsIn(UnicodeRanges.DefaultIgnorable, rune.Value)
        || rune.Value is 0x2800 or 0x1D159
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && !StandsBeforeADigit(rune));

    /// <summary>How many UTF-16 units, from one without width on, belong to the text; 0: they are taken out.</summary>
    /// <param name="rest">The text from this character on.</param>
    /// <param name="before">The last one that was kept; the default after white space and at the beginning.</param>
    public static int CountKept(ReadOnlySpan<char> rest, Rune rune, Rune before)
    {
        var length = rune.Utf16SequenceLength;
        return rune.Value switch
        {
            NonJoiner or Joiner => Joins(before, Next(rest[length..]), rune) ? length : 0,
            0x180B or 0x180C or 0x180D or 0x180F or (>= 0xFE00 and <= AsPicture) or (>= 0xE0100 and <= 0xE01EF) => CanVary(
                before,
                rune,
                Next(rest[length..])
            )
                ? length
                : 0,
            _ when IsTag(rune) => before.Value == BlackFlag ? CountTags(rest) : 0,
            _ => 0,
        };
    }

    /// <summary>How many UTF-16 units are judged together: all tags that follow each other, else the one character.</summary>
    public static int CountTogether(ReadOnlySpan<char> rest, Rune rune)
    {
        var length = rune.Utf16SequenceLength;
        while (IsTag(rune) && IsTag(Next(rest[length..])))
        {
            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    /// <summary>A mark that is drawn over what stands before it.</summary>
    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    // Within ASCII a joiner changes nothing that can be seen, and could part a word that is looked for.
    private static bool Joins(Rune before, Rune next, Rune joiner) =>
        (IsOfWord(before) && IsOfWord(next) && !(before.IsAscii && next.IsAscii))
        || (joiner.Value == Joiner && IsOfEmoji(before) && IsEmoji(next));

    private static bool IsOfWord(Rune rune) =>
        Rune.IsLetter(rune) || IsMark(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark;

    private static bool IsOfEmoji(Rune rune) => IsEmoji(rune) || rune.Value is AsPicture or EndOfTags;

    private static bool IsEmoji(Rune rune) => !rune.IsAscii && IsIn(UnicodeRanges.Emoji, rune.Value);

    private static bool CanVary(Rune before, Rune selector, Rune next) =>
        selector.Value switch
        {
            0xFE0E or AsPicture => IsEmoji(before) || (next.Value == Keycap && IsIn(UnicodeRanges.Emoji, before.Value)),
            < 0xFE00 => before.Value is >= 0x1820 and <= 0x18AA,
            < 0xFE0E => !before.IsAscii
                && Rune.GetUnicodeCategory(before)
                    is UnicodeCategory.OtherLetter
                        or UnicodeCategory.MathSymbol
                        or UnicodeCategory.OtherPunctuation,
            _ => before.Value >= 0x3400 && Rune.GetUnicodeCategory(before) == UnicodeCategory.OtherLetter,
        };

    private static bool IsTag(Rune rune) => rune.Value is >= 0xE0020 and <= EndOfTags;

    private static int CountTags(ReadOnlySpan<char> rest)
    {
        for (var tags = 0; tags <= MaxTags; tags++)
        {
            var tag = Next(rest[(2 * tags)..]).Value;
            if (tag == EndOfTags)
            {
                return tags >= 3 ? 2 * (tags + 1) : 0;
            }

            if (tag is not ((>= 0xE0030 and <= 0xE0039) or (>= 0xE0061 and <= 0xE007A)))
            {
                return 0;
            }
        }

        return 0;
    }

    private static Rune Next(ReadOnlySpan<char> rest) =>
        Rune.DecodeFromUtf16(rest, out var rune, out _) == System.Buffers.OperationStatus.Done ? rune : default;

    // Such as the Arabic number sign: a format character that is drawn. Graphemes begin with it, as with no other format
    // character.
    private static bool StandsBeforeADigit(Rune rune) =>
        StringInfo.GetNextTextElementLength($"{rune}1") > rune.Utf16SequenceLength;

    private static bool IsIn(ReadOnlySpan<int> ranges, int value)
    {
        var place = ranges.BinarySearch(value);
        return place >= 0 || (~place % 2) == 1;
    }
}
