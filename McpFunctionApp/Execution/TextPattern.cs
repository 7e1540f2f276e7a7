using System.Text;
using System.Text.RegularExpressions;

namespace McpFunctionApp.Execution;

/// <summary>
/// A pattern as JSON Schema has it, which is that of JavaScript: found anywhere in the text. One that cannot be used, and
/// a text that takes too long, count as a match: the form's own system looks at them again.
/// </summary>
internal sealed class TextPattern(string source)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(100);

    private readonly Regex? _regex = Create(Translate(source));

    public string Source => source;

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

    private static Regex? Create(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, s_limit);
        }
        catch (NotSupportedException)
        {
            // Looks around, or refers back: needs the other engine, which the time limit guards.
            return new Regex(pattern, RegexOptions.CultureInvariant, s_limit);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Where .NET reads more into a pattern than JavaScript: digits and letters of all scripts, and an end before a line break.</summary>
    private static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length);
        var inClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var c = pattern[at];
            if (c == '\\' && at + 1 < pattern.Length)
            {
                result.Append(Escape(pattern[++at], inClass));
                continue;
            }

            inClass = c == '[' || (inClass && c != ']');
            result.Append(c == '$' && !inClass ? @"\z" : c);
        }

        return result.ToString();
    }

    private static string Escape(char c, bool inClass) => (c, inClass) switch
    {
        ('d', false) => "[0-9]",
        ('d', true) => "0-9",
        ('w', false) => "[A-Za-z0-9_]",
        ('w', true) => "A-Za-z0-9_",
        ('D', false) => "[^0-9]",
        ('W', false) => "[^A-Za-z0-9_]",
        _ => $"\\{c}",
    };
}
