using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace McpFunctionApp.Forms;

/// <summary>
/// A pattern as JSON Schema has it, which is that of JavaScript: found anywhere in the text. One that cannot be used, and
/// a text that takes too long, count as a match: the form's own system looks at them again.
/// </summary>
internal sealed class TextPattern
{
    private const int MaxLength = 512;

    // Repetitions are written out when an expression is compiled.
    private const int MaxRepetitions = 10_000;

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(100);

    private readonly Regex? _regex;

    public TextPattern(string source)
    {
        Source = source;
        var translated = Translate(source, out var isKnown);
        var isSmall = source.Length <= MaxLength && CountRepetitions(source) <= MaxRepetitions;
        var linear = isSmall ? Create(translated, RegexOptions.NonBacktracking) : null;
        IsExact = isKnown && linear is not null;

        // What looks around, or refers back, needs the other engine, which the time limit guards.
        _regex = linear ?? (isSmall ? Create(translated, RegexOptions.None) : null);
    }

    public string Source { get; }

    /// <summary>Whether it says yes to no text that JavaScript would say no to, in time that grows with the text alone.</summary>
    public bool IsExact { get; }

    public bool Matches(string text)
    {
        try
        {
            return _regex?.IsMatch(text) ?? true;
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static Regex? Create(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.CultureInvariant, s_limit);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Where .NET reads more into a pattern than JavaScript: digits and letters of all scripts, any character, and an end before a line break.</summary>
    /// <param name="isKnown">Whether both then mean the same.</param>
    private static string Translate(string pattern, out bool isKnown)
    {
        isKnown = true;
        var result = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var character = pattern[at];
            if (character == '\\' && at + 1 < pattern.Length)
            {
                result.Append(Escape(pattern[++at], inClass, ref isKnown));
                continue;
            }

            // .NET takes classes out of classes, and has options within groups.
            isKnown &= !(inClass && character == '[') && !(character == '(' && pattern.AsSpan(at).StartsWith("(?") && !pattern.AsSpan(at).StartsWith("(?:"));
            inClass = inClass ? character != ']' : character == '[';
            result.Append(character switch
            {
                '$' when !inClass => @"\z",
                '.' when !inClass => @"[^\n\r\u2028\u2029]",
                _ => character.ToString(),
            });
        }

        return result.ToString();
    }

    private static string Escape(char escaped, bool inClass, ref bool isKnown)
    {
        isKnown &= !char.IsAsciiLetterOrDigit(escaped) || "dwsSpPnrtfvux".Contains(escaped) || (!inClass && escaped is 'D' or 'W');
        return (escaped, inClass) switch
        {
            ('d', false) => "[0-9]",
            ('d', true) => "0-9",
            ('w', false) => "[A-Za-z0-9_]",
            ('w', true) => "A-Za-z0-9_",
            ('D', false) => "[^0-9]",
            ('W', false) => "[^A-Za-z0-9_]",
            _ => $@"\{escaped}",
        };
    }

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
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : text.Length > 6 ? int.MaxValue : 1;
}
