using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Schemas;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Catalog;

/// <summary>The forms that a caller has, each with why it is missing where it is: tools and prompts go by the same.</summary>
public sealed class CallerForms(
    IReadOnlyList<FormOptions> forms,
    FormSchemas schemas,
    FallbackLog fallbackLog,
    AppMetrics metrics,
    TimeProvider time
)
{
    /// <summary>In the order of the <c>Forms</c> settings.</summary>
    public IReadOnlyList<FormOptions> All => forms;

    public async ValueTask<ResolvedForm[]> ResolveAllAsync(Caller? caller, CancellationToken cancellationToken)
    {
        if (forms.Count == 1)
        {
            return [await ResolveAsync(forms[0], caller, cancellationToken)];
        }

        return await Task.WhenAll(forms.Select(form => ResolveAsync(form, caller, cancellationToken).AsTask()));
    }

    public async ValueTask<ResolvedForm> ResolveAsync(FormOptions form, Caller? caller, CancellationToken cancellationToken)
    {
        var resolved =
            caller is null ? new ResolvedForm(form, null, new ToolFallback(form.Tool, FallbackReason.NoToken, ""), default)
            : !caller.MayBeSentOn ? new ResolvedForm(form, null, ToolFallback.NotSentOn(form.Tool, caller), default)
            : Resolve(form, await schemas.GetAsync(form, caller, cancellationToken));
        fallbackLog.Note(caller, form.Tool, resolved.Fallback);
        if (resolved.Fallback is { } fallback)
        {
            metrics.FellBack(form.Tool, fallback.ReasonName);
        }

        return resolved;
    }

    /// <summary>How long what was resolved stays right; zero where a form is missing for a reason that may pass.</summary>
    public TimeSpan LifeOf(ResolvedForm[] resolved)
    {
        // That a form is no tool is an answer like any other, and right for as long.
        if (Array.Exists(resolved, r => r.Fallback is { IsOfForm: false }))
        {
            return TimeSpan.Zero;
        }

        var end = resolved.Min(r => r.ExpiresAt);
        var now = time.GetUtcNow();
        return end > now ? end - now : TimeSpan.Zero;
    }

    /// <summary>A token that one form API accepts is not refused by another's refusal, and one that is down has refused
    /// nothing.</summary>
    public static TokenVerdict VerdictOf(Caller? caller, ResolvedForm[] resolved) =>
        caller is null || !caller.MayBeSentOn || resolved.Length == 0 ? TokenVerdict.None
        : Array.Exists(resolved, r => r.Fallback is null or { IsOfForm: true }) ? TokenVerdict.Accepted
        : Array.TrueForAll(resolved, r => r.Fallback!.Reason == FallbackReason.Rejected) ? TokenVerdict.Rejected
        : TokenVerdict.None;

    private static ResolvedForm Resolve(FormOptions form, FormOutcome outcome)
    {
        if (outcome.Schema is not { } schema)
        {
            return new ResolvedForm(
                form,
                null,
                new ToolFallback(form.Tool, outcome.Reason!.Value, outcome.Detail) { Exchange = outcome.Exchange },
                outcome.ExpiresAt
            );
        }

        var fallback = ToolFallback.OfForm(form.Tool, schema);
        return new ResolvedForm(form, fallback is null ? schema : null, fallback, outcome.ExpiresAt);
    }
}
