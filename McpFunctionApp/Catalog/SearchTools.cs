using System.Collections.Frozen;
using System.Collections.Immutable;
using McpFunctionApp.Execution;
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
    private const string QueryHelp = "Words to look for, such as a name; small typing errors are forgiven.";

    private readonly EntitySearch _search;
    private readonly FrozenDictionary<string, CatalogTool> _byName;

    public SearchTools(EntitySearch search)
    {
        _search = search;
        CatalogTool[] all = search.Users is { } users ? [SearchUsers(users), SearchByType(), ListTypes()] : [SearchByType(), ListTypes()];
        Listed = [.. all.Select(tool => tool.Listed)];
        _byName = all.ToFrozenDictionary(tool => tool.Listed.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<ListedTool> Listed { get; }

    /// <summary>Whether everybody has them, and not only callers whose token has been accepted.</summary>
    public bool AllowAnonymous => _search.AllowAnonymous;

    public CatalogTool? Find(string name) => _byName.GetValueOrDefault(name);

    private CatalogTool SearchUsers(EntityType users) => ReadOnlyTool.Create(
        "search_users",
        "Search users",
        $"Finds people by name, id or contact. Answers at most {users.Limit}, the best match first.",
        [Query],
        EntitySearch.OutputSchema,
        (arguments, cancellationToken) => SearchAsync(users, arguments, cancellationToken));

    private CatalogTool SearchByType() => ReadOnlyTool.Create(
        "search_entities_by_type",
        "Search entities by type",
        "Finds entities of one type, such as departments or locations, by name or id, the best match first. list_entity_types says what is searched of each.",
        [TypeParameter(PropertyKind.Choice, [.. _search.Types.Select(type => new FormOption(type.Name, $"\"{type.Name}\""))]), Query],
        [TypeParameter(PropertyKind.Text, []), Query],
        EntitySearch.OutputSchema,
        (arguments, cancellationToken) =>
        {
            var name = arguments.GetProperty("entity_type").GetString()!;
            return _search.Find(name) is { } type ? SearchAsync(type, arguments, cancellationToken) : Task.FromResult(_search.Unknown(name));
        });

    private CatalogTool ListTypes() => ReadOnlyTool.Create(
        "list_entity_types",
        "List entity types",
        "Lists the types of entities that search_entities_by_type can search for, with what is searched of each.",
        [],
        TypeList.OutputSchema,
        (_, _) => Task.FromResult(TypeList.Write(_search.Types)));

    private async Task<ToolReply> SearchAsync(EntityType type, JsonElement arguments, CancellationToken cancellationToken)
    {
        var query = arguments.GetProperty("query").GetString()!;
        return Quotable.OneLine(query).Length == 0
            ? ArgumentProblem.Reply([new("query", $"is blank: give 1 to {EntitySearch.MaxQuery} characters to look for.", [])])
            : await _search.RunAsync(type, query, cancellationToken);
    }

    private static FormProperty Query { get; } =
        FormProperty.Plain("query", PropertyKind.Text, QueryHelp) with { Min = 1, Max = EntitySearch.MaxQuery };

    private static FormProperty TypeParameter(PropertyKind kind, ImmutableArray<FormOption> types) =>
        FormProperty.Plain("entity_type", kind, "The type of entity to look for.") with { Options = types, ListsOptions = true };
}
