namespace McpFunctionApp.Replies;

/// <summary>Finds what somebody most likely meant: the candidates with the smallest edit distance, ignoring case.</summary>
public static class Nearest
{
    // Bounds the work on a form with very many or long options: texts are compared by their beginnings only, and past
    // this many compared pairs of characters (100,000 options of ordinary length) only those that contain the text count.
    private const int MaxLength = 48;
    private const long MaxWork = 50_000_000;

    /// <summary>
    /// At most <paramref name="count"/> candidates: the best always, further ones only where they are close.
    /// Equal distances go to the shorter candidate, then to the earlier one.
    /// </summary>
    public static IReadOnlyList<string> Of(string text, IReadOnlyList<string> candidates, int count) =>
        Find(text, candidates, count, always: 1);

    /// <summary>The best candidate where it is close enough to have been meant; else none.</summary>
    public static IReadOnlyList<string> IfClose(string text, IReadOnlyList<string> candidates) =>
        Find(text, candidates, 1, always: 0);

    /// <summary>
    /// The candidate that differs in the fewest letters, at most as many as given; null where none does. Texts of more than
    /// 48 letters are near nothing.
    /// </summary>
    public static string? Within(string text, IEnumerable<string> candidates, int letters)
    {
        string? best = null;
        var wanted = Fold(text);
        foreach (var candidate in candidates)
        {
            if (
                Math.Max(candidate.Length, text.Length) <= MaxLength
                && Math.Abs(candidate.Length - text.Length) <= letters
                && EditDistance(wanted, Fold(candidate), letters) is { } distance
                && distance <= letters
            )
            {
                (best, letters) = (candidate, distance - 1);
            }
        }

        return best;
    }

    private static List<string> Find(string text, IReadOnlyList<string> candidates, int count, int always)
    {
        var wanted = Fold(text);
        var close = Math.Max(1, wanted.Length / 2);
        var best = new List<(int Distance, int Length, int Order)>(count + 1);
        var work = 0L;
        for (var order = 0; order < candidates.Count; order++)
        {
            // Only what would be named is worth comparing to its end.
            var limit =
                work > MaxWork ? -1
                : best.Count == count ? best[^1].Distance
                : best.Count < always ? int.MaxValue
                : Math.Max(close, always == 0 ? 0 : best[0].Distance);
            if (Distance(wanted, Fold(candidates[order]), limit, ref work) is { } distance)
            {
                var rank = (distance, candidates[order].Length, order);
                best.Insert(~best.BinarySearch(rank), rank);
                best.RemoveRange(Math.Min(count, best.Count), Math.Max(0, best.Count - count));
            }
        }

        return
        [
            .. best.Where((found, place) => place < always || found.Distance <= close).Select(found => candidates[found.Order]),
        ];
    }

    /// <summary>The distance; null where it is certainly larger than <paramref name="limit"/>.</summary>
    private static int? Distance(string wanted, string candidate, int limit, ref long work)
    {
        if (wanted.Length >= 2 && candidate.Contains(wanted, StringComparison.Ordinal))
        {
            return candidate.Length == wanted.Length ? 0 : 1;
        }

        if (Math.Abs(wanted.Length - candidate.Length) > limit)
        {
            return null;
        }

        work += wanted.Length * candidate.Length;
        return EditDistance(wanted, candidate, limit);
    }

    private static string Fold(string text) => (text.Length > MaxLength ? text[..MaxLength] : text).ToLowerInvariant();

    private static int? EditDistance(string a, string b, int limit)
    {
        Span<int> row = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
                least = Math.Min(least, row[j]);
            }

            if (least > limit)
            {
                return null;
            }
        }

        return row[b.Length];
    }
}
