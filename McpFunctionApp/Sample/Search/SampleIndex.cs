using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace McpFunctionApp.Sample.Search;

/// <summary>A document and its words, field by field.</summary>
internal sealed record SampleDocument(string Id, JsonObject Source, ImmutableDictionary<string, IReadOnlyList<string>> Words)
{
    public static SampleDocument From(JsonObject source) =>
        new(
            source["id"]!.ToString(),
            source,
            source.ToImmutableDictionary(member => member.Key, member => SampleText.Words(member.Value!.ToString()))
        );
}

/// <summary>A document that a search found.</summary>
internal sealed record SampleHit(SampleDocument Document, double Score);

/// <summary>The documents of one index, searched as Elasticsearch does.</summary>
internal sealed class SampleIndex(IReadOnlyList<SampleDocument> documents)
{
    private readonly FrozenSet<string> _numbers = documents
        .SelectMany(document => document.Source)
        .Where(member => member.Value!.GetValueKind() == JsonValueKind.Number)
        .Select(member => member.Key)
        .ToFrozenSet();

    /// <summary>Everything at or above the query's score, the best first; equal scores in the documents' order.</summary>
    /// <exception cref="FormatException">A clause looks for words in a field that is a number, and is not lenient.</exception>
    public IReadOnlyList<SampleHit> Search(SampleQuery query)
    {
        var scoring = query.Clauses.Where(Suits).Select(clause => new SampleScoring(clause, documents)).ToList();
        return
        [
            .. documents
                .Select(document =>
                    (Document: document, Scores: scoring.Select(s => s.Of(document)).Where(score => score > 0).ToList())
                )
                .Where(found => found.Scores.Count >= query.MinimumMatch)
                .Select(found => new SampleHit(found.Document, Math.Round(found.Scores.Sum(), 5)))
                .Where(hit => hit.Score >= query.MinScore)
                .OrderByDescending(hit => hit.Score),
        ];
    }

    /// <summary>A number is found by a number, and knows no typing errors.</summary>
    private bool Suits(SampleClause clause)
    {
        if (!_numbers.Contains(clause.Field))
        {
            return true;
        }

        var suits =
            clause.Fuzziness == "0" && clause.Words is [var word] && decimal.TryParse(word, CultureInfo.InvariantCulture, out _);
        return suits || clause.IsLenient
            ? suits
            : throw new FormatException($"failed to create query: [{clause.Field}] is a number");
    }
}
