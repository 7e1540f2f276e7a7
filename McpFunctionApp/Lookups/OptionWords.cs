namespace McpFunctionApp.Lookups;

/// <summary>How texts are compared when options are looked for: by letters and digits in any case. Pure, and allocates
/// nothing.</summary>
internal static class OptionWords
{
    /// <summary>A bit for each letter and digit that is in the text, several characters to a bit: what lacks a bit lacks its
    /// letter.</summary>
    public static ulong MaskOf(ReadOnlySpan<char> text)
    {
        var mask = 0UL;
        foreach (var character in text)
        {
            mask |= BitOf(character);
        }

        return mask;
    }

    public static bool IsPart(char character) =>
        char.IsAsciiLetterOrDigit(character) || (character > '\x7f' && char.IsLetterOrDigit(character));

    /// <summary>Whether the text begins at the beginning of a word of the label.</summary>
    public static bool BeginsWord(ReadOnlySpan<char> label, ReadOnlySpan<char> text)
    {
        var isWord = IsPart(text[0]);
        var place = IndexOf(label, text[0], 0);
        while (place >= 0 && place <= label.Length - text.Length)
        {
            if (
                (!isWord || place == 0 || !IsPart(label[place - 1]))
                && label.Slice(place, text.Length).Equals(text, StringComparison.OrdinalIgnoreCase)
            )
            {
                return true;
            }

            place = IndexOf(label, text[0], place + 1);
        }

        return false;
    }

    /// <summary>The next word of a text from a place on; empty at the end.</summary>
    public static ReadOnlySpan<char> Next(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && !IsPart(text[at]))
        {
            at++;
        }

        var start = at;
        while (at < text.Length && IsPart(text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    /// <summary>One letter for both cases.</summary>
    public static char Fold(char character) =>
        character is >= 'a' and <= 'z' ? (char)(character - 32)
        : character < '\x80' ? character
        : char.ToUpperInvariant(character);

    /// <summary>The next place of a character in either case. ASCII is looked for many characters at a time, since every label
    /// is.</summary>
    private static int IndexOf(ReadOnlySpan<char> label, char character, int from)
    {
        if (char.IsAscii(character))
        {
            var next = label[from..].IndexOfAny(char.ToLowerInvariant(character), Fold(character));
            return next < 0 ? -1 : from + next;
        }

        while (from < label.Length && Fold(label[from]) != Fold(character))
        {
            from++;
        }

        return from < label.Length ? from : -1;
    }

    // 36 bits for ASCII letters and digits; other letters share the rest, both cases the same.
    private static ulong BitOf(char character) =>
        character switch
        {
            >= 'a' and <= 'z' => 1UL << (character - 'a'),
            >= 'A' and <= 'Z' => 1UL << (character - 'A'),
            >= '0' and <= '9' => 1UL << (26 + character - '0'),
            <= '\x7f' => 0,
            _ when char.IsLetterOrDigit(character) => 1UL << (36 + (char.ToUpperInvariant(character) % 28)),
            _ => 0,
        };
}
