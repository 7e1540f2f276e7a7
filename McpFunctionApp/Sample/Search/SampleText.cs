namespace McpFunctionApp.Sample.Search;

/// <summary>What the sample search makes of text: words in lower case, and how far apart two words are.</summary>
internal static class SampleText
{
    /// <summary>
    /// Words as Elasticsearch's standard analyzer parts them, for ordinary text: letters, digits and underscores, with a
    /// dot or an apostrophe only between two of them.
    /// </summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            if (
                at < text.Length
                && (IsInner(text[at]) || (start >= 0 && text[at] is '.' or '\'' && at + 1 < text.Length && IsInner(text[at + 1])))
            )
            {
                start = start < 0 ? at : start;
            }
            else if (start >= 0)
            {
                words.Add(text[start..at].ToLowerInvariant());
                start = -1;
            }
        }

        return words;
    }

    /// <summary>The wrong letters that a word may have: those given, or by its length for <c>AUTO</c> (3 letters allow one, 6
    /// two).</summary>
    public static int AllowedEdits(string word, string fuzziness) =>
        fuzziness switch
        {
            "AUTO" => word.Length < 3 ? 0
            : word.Length < 6 ? 1
            : 2,
            "1" => 1,
            "2" => 2,
            _ => 0,
        };

    /// <summary>Letters to insert, take out, replace, or swap with their neighbour, to make one word of the other.</summary>
    public static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Least(a, b, cost, i, j);
            }
        }

        return cost[a.Length, b.Length];
    }

    private static int Least(string a, string b, int[,] cost, int i, int j)
    {
        var replaced = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var least = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
        var isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return isSwap ? Math.Min(least, cost[i - 2, j - 2] + 1) : least;
    }

    private static bool IsInner(char c) => char.IsLetterOrDigit(c) || c == '_';
}
