using McpFunctionApp.Callers;
using McpFunctionApp.Execution;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Schemas;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Catalog;

/// <summary>
/// Which tools a caller has. A list and a call go through the same resolver, so that what is listed can be called and
/// what is not listed cannot.
/// </summary>
public sealed partial class ToolCatalog(
    StaticTools staticTools,
    IReadOnlyList<FormOptions> forms,
    FormSchemas schemas,
    ListedForms listedForms,
    FormTool formTool,
    FallbackLog fallbackLog,
    AppMetrics metrics,
    TimeProvider time,
    ILogger<ToolCatalog> logger,
    SearchTools? search = null)
{
    private readonly ListedTool[] _forEverybody = [.. staticTools.Listed, .. search is { AllowAnonymous: true } ? search.Listed : []];
    private readonly ListedTool[] _forTheAccepted = [.. staticTools.Listed, .. search?.Listed ?? []];
    private ToolListing? _withoutToken;

    /// <summary>The static tools, then those of search, then the dynamic ones in the order of the <c>Forms</c> settings.</summary>
    public async ValueTask<ToolListing> ListAsync(Caller? caller, CancellationToken cancellationToken)
    {
        var resolved = await ResolveAllAsync(caller, cancellationToken);
        if (caller is null && _withoutToken is { } same)
        {
            return same;
        }

        var builtIn = search is not null && MaySearch(search, caller, resolved) ? _forTheAccepted : _forEverybody;
        var tools = new List<ListedTool>(builtIn.Length + resolved.Length);
        tools.AddRange(builtIn);
        var fallbacks = Array.Exists(resolved, r => r.Fallback is not null) ? new List<ToolFallback>(resolved.Length) : null;
        foreach (var (form, schema, fallback, _) in resolved)
        {
            if (schema is not null)
            {
                tools.Add(listedForms.Of(form, schema));
            }
            else if (fallback is not null)
            {
                fallbacks!.Add(fallback);
            }
        }

        // That a form is no tool is an answer like any other, and right for as long.
        var life = fallbacks is null || fallbacks.TrueForAll(fallback => fallback.IsOfForm) ? Life(resolved) : TimeSpan.Zero;
        if (logger.IsEnabled(LogLevel.Debug))
        {
            LogListed(tools.Count, caller?.ToString() ?? "without a token", life.TotalSeconds);
        }

        var listing = new ToolListing(tools, life, (IReadOnlyList<ToolFallback>?)fallbacks ?? [], Verdict(caller, resolved));
        return caller is null ? _withoutToken = listing : listing;
    }

    /// <summary>The tool of this name that the caller has, or one that says why it is not offered now.</summary>
    public async ValueTask<ToolLookup> FindAsync(string name, Caller? caller, CancellationToken cancellationToken)
    {
        if (staticTools.Find(name) is { } found)
        {
            return new ToolLookup(found.RunAsync, TokenVerdict.None);
        }

        if (search?.Find(name) is { } searching)
        {
            return await GuardAsync(search, searching, name, caller, cancellationToken) with { IsAudited = true };
        }

        var form = forms.FirstOrDefault(f => f.Tool == name);
        if (form is null)
        {
            return new ToolLookup(null, TokenVerdict.None);
        }

        var resolved = await ResolveAsync(form, caller, cancellationToken);
        var verdict = Verdict(caller, [resolved]);
        var lookup = resolved.Fallback is { } fallback ? Missing(fallback, verdict)
            : new ToolLookup(resolved.Schema is { } schema ? Run(form, schema, caller!) : null, verdict);
        return lookup with { IsAudited = true, Form = resolved.Schema };
    }

    private Func<JsonElement, CancellationToken, Task<ToolReply>> Run(FormOptions form, FormSchema schema, Caller caller) =>
        (arguments, cancellationToken) => formTool.RunAsync(form, schema, caller, arguments, cancellationToken);

    private async ValueTask<ToolLookup> GuardAsync(SearchTools searchTools, CatalogTool tool, string name, Caller? caller, CancellationToken cancellationToken)
    {
        // Where everybody may search, or the token has been accepted here, no form API has to be asked.
        var resolved = searchTools.AllowAnonymous || caller is { IsVerified: true } ? [] : await ResolveAllAsync(caller, cancellationToken);
        var verdict = Verdict(caller, resolved);
        return MaySearch(searchTools, caller, resolved) ? new ToolLookup(tool.RunAsync, verdict) : Missing(resolved[0].Fallback! with { Tool = name }, verdict);
    }

    private static bool MaySearch(SearchTools search, Caller? caller, IEnumerable<Resolved> resolved) =>
        search.AllowAnonymous || SearchAccess.IsAccepted(caller, resolved.Select(r => r.Fallback));

    private static ToolLookup Missing(ToolFallback fallback, TokenVerdict verdict) => new((_, _) => Task.FromResult(fallback.Reply()), verdict);

    private TimeSpan Life(Resolved[] resolved)
    {
        var end = resolved.Min(r => r.ExpiresAt);
        var now = time.GetUtcNow();
        return end > now ? end - now : TimeSpan.Zero;
    }

    /// <summary>A token that one form API accepts is not refused by another's refusal, and one that is down has refused nothing.</summary>
    private static TokenVerdict Verdict(Caller? caller, Resolved[] resolved) =>
        caller is null || !caller.MayBeSentOn || resolved.Length == 0 ? TokenVerdict.None
        : Array.Exists(resolved, r => r.Fallback is null or { IsOfForm: true }) ? TokenVerdict.Accepted
        : Array.TrueForAll(resolved, r => r.Fallback!.Reason == FallbackReason.Rejected) ? TokenVerdict.Rejected
        : TokenVerdict.None;

    private async ValueTask<Resolved[]> ResolveAllAsync(Caller? caller, CancellationToken cancellationToken)
    {
        if (forms.Count == 1)
        {
            return [await ResolveAsync(forms[0], caller, cancellationToken)];
        }

        return await Task.WhenAll(forms.Select(form => ResolveAsync(form, caller, cancellationToken).AsTask()));
    }

    private async ValueTask<Resolved> ResolveAsync(FormOptions form, Caller? caller, CancellationToken cancellationToken)
    {
        var resolved = caller is null ? new Resolved(form, null, new ToolFallback(form.Tool, FallbackReason.NoToken, ""), default)
            : !caller.MayBeSentOn ? new Resolved(form, null, ToolFallback.NotSentOn(form.Tool, caller), default)
            : Resolve(form, await schemas.GetAsync(form, caller, cancellationToken));
        fallbackLog.Note(caller, form.Tool, resolved.Fallback);
        if (resolved.Fallback is { } fallback)
        {
            metrics.FellBack(form.Tool, fallback.ReasonName);
        }

        return resolved;
    }

    private static Resolved Resolve(FormOptions form, FormOutcome outcome)
    {
        if (outcome.Schema is not { } schema)
        {
            return new Resolved(form, null, new ToolFallback(form.Tool, outcome.Reason!.Value, outcome.Detail) { Exchange = outcome.Exchange }, outcome.ExpiresAt);
        }

        var fallback = ToolFallback.OfForm(form.Tool, schema);
        return new Resolved(form, fallback is null ? schema : null, fallback, outcome.ExpiresAt);
    }

    /// <param name="Schema">Null with a fallback, and only then.</param>
    private readonly record struct Resolved(FormOptions Form, FormSchema? Schema, ToolFallback? Fallback, DateTimeOffset ExpiresAt);

    [LoggerMessage(3010, LogLevel.Debug, "{Count} tools listed for caller {Caller}, right for {Seconds:0} s")]
    private partial void LogListed(int count, string caller, double seconds);
}
