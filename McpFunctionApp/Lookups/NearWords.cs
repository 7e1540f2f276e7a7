namespace McpFunctionApp.Lookups;

/// <summary>
/// Words that somebody may have written wrongly, held against a label: each must be near the beginning of one of the
/// label's words, or stand within it. The work for all labels together is bounded.
/// </summary>
/// <param name="words">Without anything between them.</param>
/// <param name="maxCompared">How many pairs of characters may be compared.</param>
internal sealed class NearWords(string[] words, long maxCompared)
{
    /// <summary>All words' distances together are no more.</summary>
    public const int MaxDistance = 8;

    private const int LongestWord = 32;

    private readonly string[] _words =
    [
        .. words.Select(word => (word.Length > LongestWord ? word[..LongestWord] : word).ToUpperInvariant()),
    ];
    private readonly int[] _row = new int[LongestWord + 1];
    private long _compared;

    public bool IsSpent => _compared > maxCompared || _words.Length == 0;

    /// <summary>The letters and digits of all words.</summary>
    public ulong Mask { get; } = OptionWords.MaskOf(string.Concat(words));

    /// <summary>How many of them a label may lack, and be near all the same.</summary>
    public int Allowed { get; } = Math.Min(MaxDistance, words.Sum(word => LimitOf(word.Length)));

    /// <summary>The distances of all words together; null where one of them is near nothing in the label.</summary>
    public int? DistanceTo(ReadOnlySpan<char> label)
    {
        var sum = 0;
        foreach (var word in _words)
        {
            if (Nearest(word, label) is not { } distance)
            {
                return null;
            }

            sum += distance;
        }

        return sum <= MaxDistance ? sum : null;
    }

    private int? Nearest(string word, ReadOnlySpan<char> label)
    {
        // Words that only begin so were found before.
        _compared += label.Length / 4;
        if (word.Length > 1 && label.Contains(word, StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        var limit = LimitOf(word.Length);
        int? best = null;
        var at = 0;
        while (limit > 0 && OptionWords.Next(label, ref at) is { Length: > 0 } candidate)
        {
            if (candidate.Length >= word.Length - limit && Distance(word, candidate, limit) is { } distance)
            {
                best = distance;
                limit = distance - 1;
            }
        }

        return best;
    }

    // One wrong letter in a short word would make it any other.
    private static int LimitOf(int length) =>
        length switch
        {
            < 3 => 0,
            < 6 => 1,
            _ => 2,
        };

    /// <summary>The edits that make the word the beginning of the candidate; null for more than the limit. Only what is within
    /// the limit is looked at.</summary>
    private int? Distance(string word, ReadOnlySpan<char> candidate, int limit)
    {
        var width = Math.Min(candidate.Length, Math.Min(LongestWord, word.Length + limit));
        for (var j = 0; j <= width; j++)
        {
            _row[j] = j;
        }

        for (var i = 1; i <= word.Length; i++)
        {
            var (from, to) = (Math.Max(1, i - limit), Math.Min(width, i + limit));
            if (Advance(word[i - 1], candidate, i, from, to, limit) > limit)
            {
                return null;
            }
        }

        var best = limit + 1;
        for (var j = Math.Max(0, word.Length - limit); j <= width; j++)
        {
            best = Math.Min(best, _row[j]);
        }

        return best <= limit ? best : null;
    }

    /// <returns>The least distance in the row.</returns>
    private int Advance(char letter, ReadOnlySpan<char> candidate, int i, int from, int to, int limit)
    {
        var diagonal = _row[from - 1];
        var least = _row[from - 1] = from == 1 ? i : limit + 1;
        for (var j = from; j <= to; j++)
        {
            var substitution = diagonal + (letter == OptionWords.Fold(candidate[j - 1]) ? 0 : 1);
            diagonal = _row[j];
            _row[j] = Math.Min(substitution, Math.Min(_row[j], _row[j - 1]) + 1);
            least = Math.Min(least, _row[j]);
        }

        _compared += to - from + 3;
        return least;
    }
}
