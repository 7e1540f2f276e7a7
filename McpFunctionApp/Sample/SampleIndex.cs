using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace McpFunctionApp.Sample;

/// <summary>A document and its words, field by field.</summary>
internal sealed record SampleDocument(string Id, JsonObject Source, ImmutableDictionary<string, IReadOnlyList<string>> Words)
{
    public static SampleDocument From(JsonObject source) => new(
        (string)source["id"]!,
        source,
        source.ToImmutableDictionary(member => member.Key, member => SampleText.Words((string)member.Value!)));
}

/// <summary>A document that a search found.</summary>
internal sealed record SampleHit(SampleDocument Document, double Score);

/// <summary>The documents of one index, searched as Elasticsearch does.</summary>
internal sealed class SampleIndex(IReadOnlyList<SampleDocument> documents)
{
    /// <summary>Everything at or above the query's score, the best first; equal scores in the documents' order.</summary>
    public IReadOnlyList<SampleHit> Search(SampleQuery query)
    {
        var scoring = query.Clauses.Select(clause => new SampleScoring(clause, documents)).ToList();
        return [.. documents
            .Select(document => (Document: document, Scores: scoring.Select(s => s.Of(document)).Where(score => score > 0).ToList()))
            .Where(found => found.Scores.Count >= query.MinimumMatch)
            .Select(found => new SampleHit(found.Document, Math.Round(found.Scores.Sum(), 5)))
            .Where(hit => hit.Score >= query.MinScore)
            .OrderByDescending(hit => hit.Score)];
    }
}
