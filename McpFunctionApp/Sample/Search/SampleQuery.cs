using System.Text.Json.Nodes;

namespace McpFunctionApp.Sample.Search;

/// <summary>One clause: a phrase, or a <c>match</c> with its fuzziness.</summary>
/// <param name="IsLenient">Whether it matches nothing, instead of failing the search, where the field is a number and it is
/// none.</param>
internal sealed record SampleClause(
    string Field,
    IReadOnlyList<string> Words,
    bool IsPhrase,
    string Fuzziness,
    double Boost,
    bool IsLenient
);

/// <summary>
/// A search as the sample understands it: <c>bool.should</c> of <c>match</c>, <c>match_phrase</c> and <c>multi_match</c> for
/// a phrase in one field, sorted by score. Members that Elasticsearch refuses in one of them are refused here, too.
/// Anything else is refused rather than passed over, so that a wrong query shows.
/// </summary>
internal sealed record SampleQuery(
    IReadOnlyList<SampleClause> Clauses,
    int MinimumMatch,
    double MinScore,
    int Size,
    IReadOnlyList<string> Source
)
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
                [.. root["_source"]!.AsArray().Select(name => (string)name!)]
            );
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            throw new FormatException("the body is no search that the sample understands", e);
        }
    }

    private static SampleClause Clause(JsonNode? clause)
    {
        var (kind, given) = Only(Members(clause, "match", "match_phrase", "multi_match"));
        if (kind == "multi_match")
        {
            return PhraseInOneField(Members(given, "query", "fields", "type", "lenient", "boost"));
        }

        var (name, field) = Only(given!.AsObject());
        var isPhrase = kind == "match_phrase";
        var value = isPhrase ? Members(field, "query", "boost") : Members(field, "query", "fuzziness", "lenient", "boost");
        return Clause(name, value, isPhrase);
    }

    private static SampleClause PhraseInOneField(JsonObject value) =>
        (string?)value["type"] == "phrase" && value["fields"]!.AsArray() is [{ } field]
            ? Clause((string)field!, value, isPhrase: true)
            : throw new FormatException("the sample knows [multi_match] for a phrase in one field only");

    private static SampleClause Clause(string field, JsonObject value, bool isPhrase) =>
        new(
            field,
            SampleText.Words((string)value["query"]!),
            isPhrase,
            (string?)value["fuzziness"] ?? "0",
            (double?)value["boost"] ?? 1,
            (bool?)value["lenient"] ?? false
        );

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
