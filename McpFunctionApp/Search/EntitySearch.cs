using System.Text.Json.Nodes;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Search;

/// <summary>Searches for one type of entity and answers a tool's call.</summary>
public sealed class EntitySearch(SearchOptions options, ElasticsearchClient client)
{
    /// <summary>The longest query, in characters: some lines of text, which no name or address needs.</summary>
    public const int MaxQuery = 256;

    /// <summary>The type that <c>search_users</c> searches for; null where it is turned off.</summary>
    public EntityType? Users => Find(DefaultEntities.User);

    public IReadOnlyList<EntityType> Types => options.Entities;

    public bool AllowAnonymous => options.AllowAnonymous;

    /// <summary>What both searches answer.</summary>
    public static JsonElement OutputSchema => SearchReply.OutputSchema;

    public EntityType? Find(string name) => options.Entities.FirstOrDefault(type => type.Name == name);

    /// <param name="query">Not blank.</param>
    public async Task<ToolReply> RunAsync(EntityType type, string query, CancellationToken cancellationToken)
    {
        var plain = Quotable.OneLine(query);
        var answer = await client.SearchAsync(type, plain, cancellationToken);
        return answer.Hits is { } hits ? SearchReply.Write(type, plain, hits) : Failed(type, answer);
    }

    /// <summary>What a search for a type that is not there answers: the types that are.</summary>
    public ToolReply Unknown(string name)
    {
        var known = options.Entities.Select(type => type.Name).ToList();
        var nearest = Nearest.IfClose(name.Trim(), known);
        return ToolReply.Error(
            ErrorCodes.UnknownEntityType,
            $"entity_type: '{Quotable.Show(name, 64)}' is not one of: "
                + $"{string.Join(", ", known)}.{(nearest.Count == 0 ? "" : $" Nearest: {nearest[0]}.")}",
            new JsonObject { ["entityTypes"] = new JsonArray([.. known.Select(type => (JsonNode)type)]) }
        );
    }

    private static ToolReply Failed(EntityType type, SearchAnswer answer) =>
        answer.Fault switch
        {
            SearchFault.IndexMissing => ToolReply.Error(
                ErrorCodes.IndexMissing,
                $"{type.Name} cannot be searched: Elasticsearch has no index {type.Index}. "
                    + "Tell whoever runs this server; trying again will not help."
            ),
            SearchFault.IndexClosed => ToolReply.Error(
                ErrorCodes.SearchUnavailable,
                $"{type.Name} cannot be searched: the index {type.Index} is closed. "
                    + "Tell whoever runs this server; other words will not help."
            ),
            SearchFault.Refused => ToolReply.Error(
                ErrorCodes.SearchUnavailable,
                "Elasticsearch refused this search. Try fewer and simpler words; if that does not help, "
                    + "tell whoever runs this server."
            ),
            _ => ToolReply.Error(
                ErrorCodes.SearchUnavailable,
                $"The search is unavailable ({answer.Detail}). Try again in a moment."
            ),
        };
}
