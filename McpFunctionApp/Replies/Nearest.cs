namespace McpFunctionApp.Replies;

/// <summary>Finds what somebody most likely meant: the candidates with the smallest edit distance, ignoring case.</summary>
public static class Nearest
{
    // Bounds the work on a form with very many options: longer texts are compared by their beginnings only,
    // and past this many candidates only those that contain the text are looked at.
    private const int MaxLength = 48;
    private const int MaxCompared = 5_000;

    /// <summary>
    /// At most <paramref name="count"/> candidates: the best always, further ones only where they are close.
    /// Equal distances go to the shorter candidate, then to the earlier one.
    /// </summary>
    public static IReadOnlyList<string> Of(string text, IReadOnlyList<string> candidates, int count) =>
        Find(text, candidates, count, always: 1);

    /// <summary>The best candidate where it is close enough to have been meant; else none.</summary>
    public static IReadOnlyList<string> IfClose(string text, IReadOnlyList<string> candidates) =>
        Find(text, candidates, 1, always: 0);

    private static List<string> Find(string text, IReadOnlyList<string> candidates, int count, int always)
    {
        var wanted = Fold(text);
        var ranked = candidates
            .Select((candidate, order) => (candidate, order, distance: Distance(wanted, candidate, order)))
            .Where(c => c.distance < int.MaxValue)
            .OrderBy(c => c.distance).ThenBy(c => c.candidate.Length).ThenBy(c => c.order)
            .Take(count)
            .ToList();
        var close = Math.Max(1, wanted.Length / 2);
        return [.. ranked.Where((c, place) => place < always || c.distance <= close).Select(c => c.candidate)];
    }

    private static int Distance(string wanted, string candidate, int order)
    {
        var folded = Fold(candidate);
        if (wanted.Length >= 2 && folded.Contains(wanted, StringComparison.Ordinal))
        {
            return folded.Length == wanted.Length ? 0 : 1;
        }

        return order < MaxCompared ? EditDistance(wanted, folded) : int.MaxValue;
    }

    private static string Fold(string text) =>
        (text.Length > MaxLength ? text[..MaxLength] : text).ToLowerInvariant();

    private static int EditDistance(string a, string b)
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
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
