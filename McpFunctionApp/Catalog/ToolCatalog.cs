using McpFunctionApp.Callers;

namespace McpFunctionApp.Catalog;

/// <summary>
/// Which tools a caller has. A list and a call go through the same resolver, so that what is listed can be called and
/// what is not listed cannot.
/// </summary>
public sealed partial class ToolCatalog(
    StaticTools staticTools,
    CallerForms forms,
    FormTools formTools,
    ILogger<ToolCatalog> logger,
    SearchTools? search = null
)
{
    private readonly ListedTool[] _forEverybody =
    [
        .. staticTools.Listed,
        .. search is { AllowAnonymous: true } ? search.Listed : [],
    ];
    private readonly ListedTool[] _forTheAccepted = [.. staticTools.Listed, .. search?.Listed ?? []];
    private ToolListing? _withoutToken;

    /// <summary>The static tools, then those of search, then those of forms in the order of the <c>Forms</c> settings.</summary>
    public async ValueTask<ToolListing> ListAsync(Caller? caller, CancellationToken cancellationToken)
    {
        var resolved = await forms.ResolveAllAsync(caller, cancellationToken);
        if (caller is null && _withoutToken is { } same)
        {
            return same;
        }

        var builtIn = search is not null && MaySearch(search, caller, resolved) ? _forTheAccepted : _forEverybody;
        var tools = new List<ListedTool>(builtIn.Length + (2 * resolved.Length) + 1);
        tools.AddRange(builtIn);
        formTools.AddTo(tools, resolved);
        IReadOnlyList<ToolFallback> fallbacks = Array.Exists(resolved, r => r.Fallback is not null)
            ? [.. resolved.Select(r => r.Fallback).OfType<ToolFallback>()]
            : [];
        var life = forms.LifeOf(resolved);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            LogListed(tools.Count, caller?.ToString() ?? "without a token", life.TotalSeconds);
        }

        var listing = new ToolListing(tools, life, fallbacks, CallerForms.VerdictOf(caller, resolved));
        return caller is null ? _withoutToken = listing : listing;
    }

    /// <summary>The tool of this name that the caller has, or one that says why it is not offered now.</summary>
    public async ValueTask<ToolLookup> FindAsync(string name, Caller? caller, CancellationToken cancellationToken)
    {
        if (staticTools.Find(name) is { } found)
        {
            return ToolLookup.Of(found, TokenVerdict.None);
        }

        if (search?.Find(name) is { } searching)
        {
            return await GuardAsync(search, searching, name, caller, cancellationToken) with { IsAudited = true };
        }

        return await formTools.FindAsync(name, caller, cancellationToken) ?? ToolLookup.Unknown;
    }

    private async ValueTask<ToolLookup> GuardAsync(
        SearchTools searchTools,
        CatalogTool tool,
        string name,
        Caller? caller,
        CancellationToken cancellationToken
    )
    {
        // Where everybody may search, or the token has been accepted here, no form API has to be asked.
        var resolved =
            searchTools.AllowAnonymous || caller is { IsVerified: true }
                ? []
                : await forms.ResolveAllAsync(caller, cancellationToken);
        var verdict = CallerForms.VerdictOf(caller, resolved);
        return MaySearch(searchTools, caller, resolved)
            ? ToolLookup.Of(tool, verdict)
            : ToolLookup.Missing(resolved[0].Fallback! with { Tool = name }, verdict);
    }

    private static bool MaySearch(SearchTools search, Caller? caller, IEnumerable<ResolvedForm> resolved) =>
        search.AllowAnonymous || SearchAccess.IsAccepted(caller, resolved.Select(r => r.Fallback));

    [LoggerMessage(3010, LogLevel.Debug, "{Count} tools listed for caller {Caller}, right for {Seconds:0} s")]
    private partial void LogListed(int count, string caller, double seconds);
}
