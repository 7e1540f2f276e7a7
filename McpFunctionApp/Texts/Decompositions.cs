using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Texts;

/// <summary>
/// Unicode's compatibility decompositions, so that texts can be compared whatever form they are in. Of .NET's own the
/// app has none: it runs without ICU, where normalizing leaves every text as it is.
/// </summary>
internal static class Decompositions
{
    private const int HangulBase = 0xAC00;
    private const int HangulCount = 11_172;
    private const int VowelsAndTails = 588;
    private const int Tails = 28;

    // Read when the first text that is not ASCII is compared.
    private static readonly Lazy<FrozenDictionary<int, Rune[]>> s_table = new(ReadTable);

    /// <summary>The text's characters, decomposed; marks that follow each other in one fixed order.</summary>
    public static IReadOnlyList<Rune> Apply(string text)
    {
        var runes = new List<Rune>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(runes, rune);
        }

        SortMarks(runes);
        return runes;
    }

    private static void Append(List<Rune> runes, Rune rune)
    {
        var syllable = rune.Value - HangulBase;
        if (!rune.IsAscii && s_table.Value.TryGetValue(rune.Value, out var parts))
        {
            runes.AddRange(parts);
        }
        else if (syllable is >= 0 and < HangulCount)
        {
            runes.Add(new Rune(0x1100 + (syllable / VowelsAndTails)));
            runes.Add(new Rune(0x1161 + (syllable % VowelsAndTails / Tails)));
            runes.AddRange(syllable % Tails == 0 ? [] : [new Rune(0x11A7 + (syllable % Tails))]);
        }
        else
        {
            runes.Add(rune);
        }
    }

    // By code point and not by class: what Unicode holds to be equal becomes equal, and nothing is ever written this way.
    private static void SortMarks(List<Rune> runes)
    {
        for (var at = 0; at < runes.Count; at++)
        {
            var first = at;
            while (at < runes.Count && Invisible.IsMark(runes[at]))
            {
                at++;
            }

            runes.Sort(first, at - first, null);
        }
    }

    private static FrozenDictionary<int, Rune[]> ReadTable()
    {
        using var file = typeof(Decompositions).Assembly.GetManifestResourceStream("McpFunctionApp.Texts.Decompositions.txt")!;
        using var lines = new StreamReader(file);
        var table = new Dictionary<int, Rune[]>();
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var codes = line.Split(' ')
                .Select(code => int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
                .ToArray();
            table[codes[0]] = [.. codes.Skip(1).Select(code => new Rune(code))];
        }

        return table.ToFrozenDictionary();
    }
}
