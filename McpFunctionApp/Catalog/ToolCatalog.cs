using McpFunctionApp.Callers;
using McpFunctionApp.Execution;
using McpFunctionApp.Schemas;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Catalog;

/// <summary>
/// Which tools a caller has. A list and a call go through the same resolver, so that what is listed can be called and
/// what is not listed cannot.
/// </summary>
public sealed partial class ToolCatalog(
    StaticTools staticTools,
    IReadOnlyList<FormOptions> forms,
    FormSchemas schemas,
    ToolExecutionRouter router,
    FallbackLog fallbackLog,
    TimeProvider time,
    ILogger<ToolCatalog> logger,
    SearchTools? search = null)
{
    /// <summary>The static tools, then those of search, then the dynamic ones in the order of the <c>Forms</c> settings.</summary>
    public async Task<ToolListing> ListAsync(Caller? caller, CancellationToken cancellationToken)
    {
        var resolved = await ResolveAllAsync(caller, cancellationToken);
        var now = time.GetUtcNow();
        IEnumerable<CatalogTool> searching = search is not null && MaySearch(search, caller, resolved) ? search.All : [];
        List<Tool> tools = [.. staticTools.All.Concat(searching).Select(tool => tool.Definition()), .. resolved.Select(r => r.Tool?.Definition()).OfType<Tool>()];
        var fallbacks = resolved.Select(r => r.Fallback).OfType<ToolFallback>().ToList();
        var life = fallbacks.Count > 0 ? TimeSpan.Zero : resolved.Min(r => r.ExpiresAt > now ? r.ExpiresAt - now : TimeSpan.Zero);
        LogListed(tools.Count, caller?.ToString() ?? "without a token", life.TotalSeconds);
        return new ToolListing(tools, life, fallbacks, Verdict(caller, resolved));
    }

    /// <summary>The tool of this name that the caller has, or one that says why it is not offered now; null where there is none.</summary>
    public async Task<ToolLookup> FindAsync(string name, Caller? caller, CancellationToken cancellationToken)
    {
        if (staticTools.Find(name) is { } found)
        {
            return new ToolLookup(found, TokenVerdict.None);
        }

        if (search?.Find(name) is { } searching)
        {
            return await GuardAsync(search, searching, name, caller, cancellationToken);
        }

        var form = forms.FirstOrDefault(f => f.Tool == name);
        if (form is null)
        {
            return new ToolLookup(null, TokenVerdict.None);
        }

        var resolved = await ResolveAsync(form, caller, cancellationToken);
        return new ToolLookup(resolved.Fallback is { } fallback ? Missing(fallback) : resolved.Tool, Verdict(caller, [resolved]));
    }

    private async Task<ToolLookup> GuardAsync(SearchTools searchTools, CatalogTool tool, string name, Caller? caller, CancellationToken cancellationToken)
    {
        // Where everybody may search, no form API has to be asked.
        var resolved = searchTools.AllowAnonymous ? [] : await ResolveAllAsync(caller, cancellationToken);
        return new ToolLookup(MaySearch(searchTools, caller, resolved) ? tool : Missing(resolved[0].Fallback! with { Tool = name }), Verdict(caller, resolved));
    }

    private static bool MaySearch(SearchTools search, Caller? caller, IEnumerable<Resolved> resolved) =>
        search.AllowAnonymous || SearchAccess.IsAccepted(caller, resolved.Select(r => r.Fallback));

    private static CatalogTool Missing(ToolFallback fallback) =>
        new(() => throw new InvalidOperationException($"{fallback.Tool} is not listed"), (_, _) => Task.FromResult(fallback.Reply()));

    private Task<Resolved[]> ResolveAllAsync(Caller? caller, CancellationToken cancellationToken) =>
        Task.WhenAll(forms.Select(form => ResolveAsync(form, caller, cancellationToken)));

    /// <summary>A token that one form API accepts is not refused by another's refusal, and one that is down has refused nothing.</summary>
    private static TokenVerdict Verdict(Caller? caller, IReadOnlyList<Resolved> resolved) =>
        caller is null || !caller.MayBeSentOn || resolved.Count == 0 ? TokenVerdict.None
        : resolved.Any(r => r.Fallback is null) ? TokenVerdict.Accepted
        : resolved.All(r => r.Fallback!.Reason == FallbackReason.Rejected) ? TokenVerdict.Rejected
        : TokenVerdict.None;

    private async Task<Resolved> ResolveAsync(FormOptions form, Caller? caller, CancellationToken cancellationToken)
    {
        var resolved = caller is null ? new Resolved(null, new ToolFallback(form.Tool, FallbackReason.NoToken, ""), default)
            : !caller.MayBeSentOn ? new Resolved(null, ToolFallback.NotSentOn(form.Tool, caller), default)
            : Resolve(form, caller, await schemas.GetAsync(form, caller, cancellationToken));
        fallbackLog.Note(caller, form.Tool, resolved.Fallback);
        return resolved;
    }

    private Resolved Resolve(FormOptions form, Caller caller, FormOutcome outcome)
    {
        if (outcome.Schema is not { } schema)
        {
            return new Resolved(null, new ToolFallback(form.Tool, outcome.Reason!.Value, outcome.Detail), outcome.ExpiresAt);
        }

        if (schema.Properties.IsEmpty)
        {
            LogEmpty(form.Tool, caller);
            return new Resolved(null, null, outcome.ExpiresAt);
        }

        var tool = new FormTool(form, schema, caller, router);
        return new Resolved(new CatalogTool(tool.Definition, tool.RunAsync), null, outcome.ExpiresAt);
    }

    private sealed record Resolved(CatalogTool? Tool, ToolFallback? Fallback, DateTimeOffset ExpiresAt);

    [LoggerMessage(3010, LogLevel.Debug, "{Count} tools listed for caller {Caller}, right for {Seconds:0} s")]
    private partial void LogListed(int count, string caller, double seconds);

    [LoggerMessage(3011, LogLevel.Debug, "The form of {Tool} has no field that caller {Caller} may use: no tool")]
    private partial void LogEmpty(string tool, Caller caller);
}
