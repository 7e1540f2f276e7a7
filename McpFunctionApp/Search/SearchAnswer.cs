namespace McpFunctionApp.Search;

/// <summary>Why a search has no result.</summary>
internal enum SearchFault
{
    /// <summary>Elasticsearch has no index of this name.</summary>
    IndexMissing,

    /// <summary>The index is there, and closed: nothing of it can be searched until somebody opens it.</summary>
    IndexClosed,

    /// <summary>Elasticsearch will not run this search, such as for a field of a type that cannot be searched so.</summary>
    Refused,

    /// <summary>Elasticsearch failed, did not answer in time, could not be reached, or answered what is no result.</summary>
    Unavailable,
}

/// <summary>One document that a search found.</summary>
/// <param name="Fields">The shown fields that it has, in the entity's order, as they are in the document.</param>
internal sealed record SearchHit(string Id, double Score, IReadOnlyList<(string Name, JsonElement Value)> Fields);

/// <summary>What a search found.</summary>
/// <param name="Total">All documents at or above the score, of which the best are in <paramref name="Hits"/>.</param>
internal sealed record SearchHits(long Total, IReadOnlyList<SearchHit> Hits);

/// <summary>What a search came to: hits, or a fault.</summary>
/// <param name="Detail">One sentence part on what happened, without addresses, credentials or query text; empty for hits.</param>
internal sealed record SearchAnswer(SearchHits? Hits, SearchFault? Fault, string Detail)
{
    /// <summary>Whether asking once more may help, and there is time for it.</summary>
    public bool CanRetry { get; init; }

    /// <summary>How long Elasticsearch asks to wait before; null where it does not say.</summary>
    public TimeSpan? Pause { get; init; }

    public static SearchAnswer Of(SearchHits hits) => new(hits, null, "");

    public static SearchAnswer Failed(SearchFault fault, string detail) => new(null, fault, detail);
}
