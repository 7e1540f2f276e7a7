namespace McpFunctionApp.Sample.Search;

/// <summary>
/// What one clause scores a document: BM25 with Elasticsearch's constants (k1 1.2, b 0.75). A word that is close to the
/// query's counts for less, by the letters that are wrong. Simplified in that each word has its own rarity, also
/// where several are close to one word of the query.
/// </summary>
internal sealed class SampleScoring
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly SampleClause _clause;
    private readonly List<IReadOnlyList<string>> _all;
    private readonly double _averageLength;

    public SampleScoring(SampleClause clause, IReadOnlyList<SampleDocument> documents)
    {
        _clause = clause;
        _all = [.. documents.Select(Words).Where(words => words.Count > 0)];
        _averageLength = _all.Count == 0 ? 1 : _all.Average(words => words.Count);
    }

    /// <summary>0 where the document does not match.</summary>
    public double Of(SampleDocument document)
    {
        var words = Words(document);
        return _clause.Boost * (_clause.IsPhrase ? Phrase(words) : _clause.Words.Sum(word => Match(word, words)));
    }

    private IReadOnlyList<string> Words(SampleDocument document) => document.Words.GetValueOrDefault(_clause.Field) ?? [];

    private double Match(string wanted, IReadOnlyList<string> words)
    {
        var allowed = SampleText.AllowedEdits(wanted, _clause.Fuzziness);
        return words
            .Distinct()
            .Sum(word =>
            {
                var edits = Math.Abs(word.Length - wanted.Length) > allowed ? int.MaxValue : SampleText.Distance(wanted, word);
                return edits > allowed
                    ? 0
                    : Closeness(edits, wanted, word) * Rarity(word) * Weight(words.Count(w => w == word), words.Count);
            });
    }

    private double Phrase(IReadOnlyList<string> words)
    {
        var wanted = _clause.Words;
        var times =
            wanted.Count == 0
                ? 0
                : Enumerable
                    .Range(0, Math.Max(0, words.Count - wanted.Count + 1))
                    .Count(start => wanted.Select((word, place) => words[start + place] == word).All(same => same));
        return times == 0 ? 0 : wanted.Sum(Rarity) * Weight(times, words.Count);
    }

    private static double Closeness(int edits, string wanted, string word) =>
        1 - ((double)edits / Math.Min(wanted.Length, word.Length));

    private double Rarity(string word)
    {
        var having = _all.Count(words => words.Contains(word));
        return Math.Log(1 + ((_all.Count - having + 0.5) / (having + 0.5)));
    }

    private double Weight(int times, int length) => (K1 + 1) * times / (times + (K1 * (1 - B + (B * length / _averageLength))));
}
