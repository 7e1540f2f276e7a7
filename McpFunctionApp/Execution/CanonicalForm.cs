using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace McpFunctionApp.Execution;

/// <summary>
/// Writes texts that are canonically equivalent (Unicode, UAX 15) in one way: decomposed, the marks of a base in the order
/// of their numbers. The framework's own normalization needs ICU, which this app runs without. Pure.
/// </summary>
internal static class CanonicalForm
{
    private const int FirstSyllable = 0xAC00;
    private const int Syllables = 11_172;
    private const int Trailing = 28;
    private const int OfOneLead = 21 * Trailing;

    // Each line a character and what it is made of; Hangul is computed. From Unicode's data, by UnicodeData's decompositions applied until nothing changes.
    private static readonly Lazy<FrozenDictionary<int, int[]>> s_parts = new(Read);

    public static string Of(string text)
    {
        var runes = new List<Rune>(text.Length + 4);
        foreach (var rune in text.EnumerateRunes())
        {
            runes.AddRange(Decompose(rune.Value).Select(part => new Rune(part)));
        }

        var result = new StringBuilder(text.Length + 4);
        for (var at = 0; at < runes.Count;)
        {
            var end = at + 1;
            while (end < runes.Count && IsMark(runes[end]))
            {
                end++;
            }

            result.Append(runes[at]);
            foreach (var mark in runes[(at + 1)..end].Order())
            {
                result.Append(mark);
            }

            at = end;
        }

        return result.ToString();
    }

    private static IEnumerable<int> Decompose(int character)
    {
        var syllable = character - FirstSyllable;
        if (syllable is < 0 or >= Syllables)
        {
            return s_parts.Value.TryGetValue(character, out var parts) ? parts : [character];
        }

        int[] jamo = [0x1100 + (syllable / OfOneLead), 0x1161 + (syllable % OfOneLead / Trailing), 0x11A7 + (syllable % Trailing)];
        return syllable % Trailing == 0 ? jamo[..2] : jamo;
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;

    private static FrozenDictionary<int, int[]> Read()
    {
        using var stream = typeof(CanonicalForm).Assembly.GetManifestResourceStream("McpFunctionApp.Execution.CanonicalForms.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Array.ConvertAll(line.TrimEnd().Split(' '), part => int.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
            .ToFrozenDictionary(line => line[0], line => line[1..]);
    }
}
