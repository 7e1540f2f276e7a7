using System.Collections.Frozen;
using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Search;

namespace McpFunctionApp.Catalog;

/// <summary>
/// The search tools, where Elasticsearch is configured: <c>search_users</c>, <c>search_entities_by_type</c> and
/// <c>list_entity_types</c>. They are listed from the settings alone, without asking Elasticsearch.
/// </summary>
public sealed class SearchTools
{
    private const string EntityTypeKey = "entity_type";
    private const string QueryHelp = "Words to look for, such as a name; small typing errors are forgiven.";

    private readonly EntitySearch _search;
    private readonly ReadOnlyTools _tools;
    private readonly FrozenDictionary<string, CatalogTool> _byName;

    public SearchTools(EntitySearch search, ArgumentReader reader)
    {
        _tools = new ReadOnlyTools(reader);
        _search = search;
        CatalogTool[] all = search.Users is { } users
            ? [SearchUsers(users), SearchByType(), ListTypes()]
            : [SearchByType(), ListTypes()];
        Listed = [.. all.Select(tool => tool.Listed)];
        _byName = all.ToFrozenDictionary(tool => tool.Listed.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<ListedTool> Listed { get; }

    /// <summary>Whether everybody has them, and not only callers whose token has been accepted.</summary>
    public bool AllowAnonymous => _search.AllowAnonymous;

    public CatalogTool? Find(string name) => _byName.GetValueOrDefault(name);

    private CatalogTool SearchUsers(EntityType users) =>
        _tools.Create(
            "search_users",
            "Search users",
            $"Finds people by name, id or contact. Answers at most {users.Limit}, the best match first.",
            [Query],
            EntitySearch.OutputSchema,
            (arguments, cancellationToken) => SearchAsync(users, arguments, cancellationToken)
        );

    private CatalogTool SearchByType() =>
        _tools.Create(
            "search_entities_by_type",
            "Search entities by type",
            "Finds entities of one type, such as departments or locations, by name or id, the best match first. "
                + "list_entity_types says what is searched of each.",
            [TypeParameter, Query],
            EntitySearch.OutputSchema,
            (arguments, cancellationToken) =>
                SearchAsync(_search.Find(arguments.GetProperty(EntityTypeKey).GetString()!)!, arguments, cancellationToken),
            problems =>
                problems is { Count: 1, Told: [{ Parameter: EntityTypeKey, Unlisted: { } name }] }
                    ? _search.Unknown(name)
                    : problems.ToReply()
        );

    private CatalogTool ListTypes() =>
        _tools.Create(
            "list_entity_types",
            "List entity types",
            "Lists the types of entities that search_entities_by_type can search for, with what is searched of each.",
            [],
            TypeList.OutputSchema,
            (_, _) => Task.FromResult(TypeList.Write(_search.Types))
        );

    private async Task<ToolReply> SearchAsync(EntityType type, JsonElement arguments, CancellationToken cancellationToken)
    {
        var query = arguments.GetProperty("query").GetString()!;
        return Quotable.OneLine(query).Length == 0
            ? ArgumentProblems.ReplyTo(new("query", $"is blank: give 1 to {EntitySearch.MaxQuery} characters to look for.", []))
            : await _search.RunAsync(type, query, cancellationToken);
    }

    private static FormProperty Query { get; } =
        FormProperty.Plain("query", PropertyKind.Text, QueryHelp) with
        {
            Min = 1,
            Max = EntitySearch.MaxQuery,
        };

    private FormProperty TypeParameter =>
        FormProperty.Plain(EntityTypeKey, PropertyKind.Choice, "The type of entity to look for.") with
        {
            Options = [.. _search.Types.Select(type => new FormOption(type.Name, $"\"{type.Name}\""))],
            ListsOptions = true,
        };
}
