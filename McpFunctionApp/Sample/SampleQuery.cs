using System.Text.Json.Nodes;

namespace McpFunctionApp.Sample;

/// <summary>One clause: a <c>match_phrase</c>, or a <c>match</c> with its fuzziness.</summary>
internal sealed record SampleClause(string Field, IReadOnlyList<string> Words, bool IsPhrase, string Fuzziness, double Boost);

/// <summary>
/// A search as the sample understands it: <c>bool.should</c> of <c>match</c> and <c>match_phrase</c>, sorted by score.
/// Anything else is refused rather than passed over, so that a wrong query shows.
/// </summary>
internal sealed record SampleQuery(IReadOnlyList<SampleClause> Clauses, int MinimumMatch, double MinScore, int Size, IReadOnlyList<string> Source)
{
    /// <exception cref="FormatException">The message says what cannot be understood.</exception>
    public static SampleQuery Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var root = Members(JsonNode.Parse(body.Span), "query", "min_score", "size", "track_total_hits", "sort", "_source");
            var combined = Members(Members(root["query"], "bool")["bool"], "should", "minimum_should_match");
            if (root["sort"]?.ToJsonString() is not (null or """[{"_score":"desc"}]"""))
            {
                throw new FormatException("the sample sorts by _score only");
            }

            return new SampleQuery(
                [.. combined["should"]!.AsArray().Select(Clause)],
                (int?)combined["minimum_should_match"] ?? 1,
                (double?)root["min_score"] ?? 0,
                (int?)root["size"] ?? 10,
                [.. root["_source"]!.AsArray().Select(name => (string)name!)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            throw new FormatException("the body is no search that the sample understands", e);
        }
    }

    private static SampleClause Clause(JsonNode? clause)
    {
        var (kind, field) = Only(Members(clause, "match", "match_phrase"));
        var (name, given) = Only(field!.AsObject());
        var isPhrase = kind == "match_phrase";
        var value = isPhrase ? Members(given, "query", "boost") : Members(given, "query", "fuzziness", "boost");
        return new SampleClause(
            name, SampleText.Words((string)value["query"]!), isPhrase, (string?)value["fuzziness"] ?? "0", (double?)value["boost"] ?? 1);
    }

    private static KeyValuePair<string, JsonNode?> Only(JsonObject of) =>
        of.Count == 1 ? of.First() : throw new FormatException($"expected one member, found {of.Count}");

    private static JsonObject Members(JsonNode? node, params string[] known)
    {
        var members = node?.AsObject() ?? throw new FormatException($"an object with {known[0]} is missing");
        return members.FirstOrDefault(member => !known.Contains(member.Key, StringComparer.Ordinal)).Key is { } unknown
            ? throw new FormatException($"unknown key [{unknown}]")
            : members;
    }
}
