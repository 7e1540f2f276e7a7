using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace McpFunctionApp.Texts;

/// <summary>
/// A form's pattern, written for JavaScript as JSON Schema asks, as an expression that takes time in proportion to the
/// text: a form must not be able to stop the server.
/// </summary>
public static class TextPattern
{
    private const int MaxLength = 512;

    // Repetitions are written out when the expression is compiled.
    private const int MaxRepetitions = 10_000;

    /// <returns>Null for a pattern that cannot be checked here: references back, look-arounds, and what .NET does not
    /// know.</returns>
    public static Regex? Create(string pattern)
    {
        if (pattern.Length > MaxLength || CountRepetitions(pattern) > MaxRepetitions || Translate(pattern) is not { } translated)
        {
            return null;
        }

        try
        {
            return new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // What .NET understands otherwise than JavaScript: classes beyond ASCII, the end of the text, any character.
    private static string? Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var character = pattern[at];
            if (character == '\\')
            {
                if (++at == pattern.Length || Escape(pattern[at], inClass) is not { } escape)
                {
                    return null;
                }

                result.Append(escape);
                continue;
            }

            // .NET subtracts classes within classes, and has options within groups.
            if (
                (inClass && character == '[')
                || (character == '(' && at + 2 < pattern.Length && pattern[at + 1] == '?' && pattern[at + 2] != ':')
            )
            {
                return null;
            }

            inClass = inClass ? character != ']' : character == '[';
            result.Append(
                character switch
                {
                    '$' when !inClass => @"\z",
                    '.' when !inClass => @"[^\n\r\u2028\u2029]",
                    _ => character.ToString(),
                }
            );
        }

        return result.ToString();
    }

    private static string? Escape(char escaped, bool inClass) =>
        escaped switch
        {
            'd' => inClass ? "0-9" : "[0-9]",
            'w' => inClass ? "A-Za-z0-9_" : "[A-Za-z0-9_]",
            'D' when !inClass => "[^0-9]",
            'W' when !inClass => "[^A-Za-z0-9_]",
            's' or 'S' or 'p' or 'P' or 'n' or 'r' or 't' or 'f' or 'v' or 'u' or 'x' => $@"\{escaped}",
            _ when char.IsAsciiLetterOrDigit(escaped) => null,
            _ => Regex.Escape(escaped.ToString()) is { Length: > 1 } quoted ? quoted : $@"\{escaped}",
        };

    private static double CountRepetitions(string pattern)
    {
        var product = 1.0;
        for (var at = pattern.IndexOf('{', StringComparison.Ordinal); at >= 0; at = pattern.IndexOf('{', at + 1))
        {
            var end = pattern.IndexOf('}', at);
            var counts = pattern[(at + 1)..(end < 0 ? pattern.Length : end)].Split(',');
            product *= Math.Max(1, counts.Max(Count));
        }

        return product;
    }

    private static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
        : text.Length > 6 ? int.MaxValue
        : 1;
}
