using System.Collections.Concurrent;
using McpFunctionApp.Callers;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.FormApi;

/// <summary>
/// One question to a form API and what its answer comes to: a form mapped for this caller, or a reason. Logs each
/// outcome, what the mapping had to leave out, and when an API becomes or stops being degraded.
/// </summary>
public sealed partial class FormFetch(
    ExchangingOrigin origin,
    SharedForms forms,
    SchemaOptions options,
    CacheCounters counters,
    AppMetrics metrics,
    TimeProvider time,
    ILogger<FormFetch> logger
)
{
    private readonly ConcurrentDictionary<string, FormOutcome> _degraded = new(StringComparer.Ordinal);

    public async Task<FormOutcome> FetchAsync(FormOptions form, Caller caller, CancellationToken cancellationToken)
    {
        using var span = AppSpans.Source.StartActivity("form_api fetch")?.SetTag(Attributes.Tool, form.Tool);
        var started = time.GetTimestamp();
        using var claim = origin.Begin();
        var answer = await origin.FetchAsync(form, caller, claim, cancellationToken);
        var outcome = await JudgeAsync(form, caller, answer, cancellationToken);
        var elapsed = time.GetElapsedTime(started);
        var milliseconds = elapsed.TotalMilliseconds;
        span.End(outcome.Reason?.Word());
        metrics.FormApiAsked(form.Tool, "fetch", outcome.Reason?.Word() ?? "ok", elapsed);
        if (outcome.Schema is { } schema)
        {
            LogFetched(form.Tool, caller, schema.Properties.Length, milliseconds);
        }
        else
        {
            counters.CountFailure();
            LogNotFetched(form.Tool, caller, outcome.Reason!.Value, outcome.Detail, milliseconds);
        }

        NoteState(form, outcome);
        return outcome;
    }

    private async Task<FormOutcome> JudgeAsync(
        FormOptions form,
        Caller caller,
        OriginAnswer answer,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        if (answer.Reason is { } reason)
        {
            return FormOutcome.Failed(reason, answer.Detail, now + (answer.RetryAfter ?? options.FailureTtl)) with
            {
                Exchange = answer.Exchange,
            };
        }

        var mapped = await MapAsync(form, caller, answer.Bodies, cancellationToken);
        if (mapped.Schema is not { } schema)
        {
            return FormOutcome.Failed(FallbackReason.Malformed, mapped.Problem, now + options.FailureTtl);
        }

        var expiresAt = now + options.Ttl;
        return FormOutcome.Of(schema, caller.ExpiresAt < expiresAt ? caller.ExpiresAt.Value : expiresAt);
    }

    private async Task<FormReading> MapAsync(
        FormOptions form,
        Caller caller,
        IReadOnlyList<SourceAnswer> answers,
        CancellationToken cancellationToken
    )
    {
        var source = FormDigest.OfAnswers(form.Source.Identity, [.. answers.Select(answer => answer.Body)], caller.Groups);
        if (forms.FindBySource(source) is { } known)
        {
            LogKnown(form.Tool, caller);
            return Guarded(known, answers, caller);
        }

        var reading = await FormReading.OfAsync(form.Source, answers, caller, options.Limits, cancellationToken);
        if (reading.Schema is not { } schema)
        {
            return reading;
        }

        LogNotes(form, caller, reading.Notes);

        // A form with warnings is read anew each time, so that each caller's own are logged.
        return reading with
        {
            Schema = reading.Notes.Warnings.Count > 0 ? forms.Share(schema) : forms.Share(schema, source),
        };
    }

    private static FormReading Guarded(FormSchema schema, IReadOnlyList<SourceAnswer> answers, Caller caller) =>
        FormReading.Holds(answers, caller.Token) || FormGuard.Shows(schema, caller.Token)
            ? FormReading.Failed(FormReading.RepeatsToken)
            : new FormReading(schema, "", new FormNotes());

    private void LogNotes(FormOptions form, Caller caller, FormNotes notes)
    {
        foreach (var warning in notes.Warnings)
        {
            LogMappingWarning(form.Tool, caller, warning);
        }

        foreach (var detail in notes.Details)
        {
            LogMappingDetail(form.Tool, caller, detail);
        }
    }

    private void NoteState(FormOptions form, FormOutcome outcome)
    {
        // The form API was not asked, or refused this caller's token: that is the caller's state and not the API's. It does
        // not degrade it, nor does it prove that it works, since an API may answer 401 to everybody.
        if (outcome.Exchange is not null || outcome.Reason is FallbackReason.Rejected or FallbackReason.Forbidden)
        {
            return;
        }

        if (outcome.Reason is null)
        {
            if (_degraded.TryRemove(form.Tool, out _))
            {
                LogRecovered(form.Tool);
            }
        }
        else if (!_degraded.TryGetValue(form.Tool, out var before) || before.Reason != outcome.Reason)
        {
            _degraded[form.Tool] = outcome;
            LogDegraded(form.Tool, outcome.Reason.Value);
        }
    }

    [LoggerMessage(
        1001,
        LogLevel.Information,
        "Form of {Tool} for caller {Caller} fetched: {Fields} fields in {Milliseconds:0.0} ms"
    )]
    private partial void LogFetched(string tool, Caller caller, int fields, double milliseconds);

    [LoggerMessage(
        1002,
        LogLevel.Information,
        "Form of {Tool} for caller {Caller} not fetched: {Reason}, {Detail} ({Milliseconds:0.0} ms)"
    )]
    private partial void LogNotFetched(string tool, Caller caller, FallbackReason reason, string detail, double milliseconds);

    [LoggerMessage(1003, LogLevel.Information, "Form API of {Tool} is degraded: {Reason}")]
    private partial void LogDegraded(string tool, FallbackReason reason);

    [LoggerMessage(1004, LogLevel.Information, "Form API of {Tool} has recovered")]
    private partial void LogRecovered(string tool);

    [LoggerMessage(1006, LogLevel.Warning, "Form of {Tool} for caller {Caller}: {What}")]
    private partial void LogMappingWarning(string tool, Caller caller, string what);

    [LoggerMessage(1011, LogLevel.Debug, "Form of {Tool} for caller {Caller} is one that was read before")]
    private partial void LogKnown(string tool, Caller caller);

    [LoggerMessage(1007, LogLevel.Debug, "Form of {Tool} for caller {Caller}: {What}")]
    private partial void LogMappingDetail(string tool, Caller caller, string what);
}
