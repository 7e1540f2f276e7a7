using System.Collections.Concurrent;
using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Schemas;

/// <summary>
/// A caller's form, from memory, the table or the form API: one call to the API per key however many ask at once, and every
/// outcome kept for its time. Never answers one caller with another's form: the key is the whole token's fingerprint.
/// </summary>
public sealed partial class FormSchemas(
    CachedForms forms,
    SchemaMemory memory,
    FormFetch fetch,
    CacheCounters counters,
    TimeProvider time,
    ILogger<FormSchemas> logger,
    SchemaTable? table = null
) : IDisposable
{
    private readonly ConcurrentDictionary<SchemaKey, SchemaFlight> _flights = new();
    private readonly CancellationTokenSource _stopping = new();
    private string? _generation;

    /// <exception cref="OperationCanceledException">This caller gave up waiting; the call to the API goes on for the
    /// others.</exception>
    public ValueTask<FormOutcome> GetAsync(FormOptions form, Caller caller, CancellationToken cancellationToken)
    {
        var key = new SchemaKey(caller.Fingerprint, form.Tool);
        if (Known(key) is { } known)
        {
            LogFromMemory(form.Tool, caller);
            counters.CountMemoryHit();
            return new(known);
        }

        counters.CountMiss();
        return new(JoinAsync(key, form, caller, cancellationToken));
    }

    /// <summary>Forgets all of a caller's forms in both levels; an answer under way is not kept either.</summary>
    /// <returns>Whether the table, where there is one, could be told.</returns>
    public Task<bool> DropAsync(Caller caller, CancellationToken cancellationToken) =>
        DropAsync(forms.All, caller, cancellationToken);

    /// <summary>Forgets these of a caller's forms in both levels; an answer under way is not kept either.</summary>
    /// <returns>Whether the table, where there is one, could be told.</returns>
    public async Task<bool> DropAsync(IReadOnlyList<FormOptions> dropped, Caller caller, CancellationToken cancellationToken)
    {
        foreach (var form in dropped)
        {
            var key = new SchemaKey(caller.Fingerprint, form.Tool);
            if (_flights.TryRemove(key, out var flight))
            {
                flight.MarkStale();
            }

            memory.Drop(key);
        }

        LogDropped(caller);
        return table is null || await table.DropAsync(dropped, caller, cancellationToken);
    }

    /// <summary>Forgets everybody's forms: here at once, on other instances within Schemas:MemoryTtlSeconds.</summary>
    /// <returns>Whether the table, where there is one, could be told.</returns>
    public async Task<bool> InvalidateAsync(CancellationToken cancellationToken)
    {
        var told = true;
        if (table is not null)
        {
            var generation = await table.BeginGenerationAsync(cancellationToken);
            told = generation is not null;
            _generation = generation ?? _generation;
        }

        ForgetAll(except: null);
        LogInvalidated();
        return told;
    }

    /// <summary>Gives up what is under way. The source is not disposed: a flight that begins meanwhile may still ask for its
    /// token.</summary>
    public void Dispose() => _stopping.Cancel();

    private void ForgetAll(SchemaFlight? except)
    {
        foreach (var (key, flight) in _flights)
        {
            if (flight != except && _flights.TryRemove(KeyValuePair.Create(key, flight)))
            {
                flight.MarkStale();
            }
        }

        memory.Clear();
    }

    // Apart from the answer from memory, which has no closure to pay for.
    private Task<FormOutcome> JoinAsync(SchemaKey key, FormOptions form, Caller caller, CancellationToken cancellationToken) =>
        _flights
            .GetOrAdd(key, _ => new SchemaFlight(own => FlyAsync(own, key, form, caller)))
            .Join()
            .WaitAsync(cancellationToken);

    private FormOutcome? Known(SchemaKey key)
    {
        var now = time.GetUtcNow();
        var found = memory.Find(key, now);

        // A form's life never goes beyond its token's, so that an expired token finds none; that it was refused a moment
        // ago, it does. While the table is left alone, memory keeps what it has for its whole remaining life.
        var isOver = found?.Schema is not null && found.MemoryUntil <= now && table is { IsPaused: false };
        return isOver ? null : found;
    }

    private async Task<FormOutcome> FlyAsync(SchemaFlight flight, SchemaKey key, FormOptions form, Caller caller)
    {
        try
        {
            // Another flight may have landed between this one's look into memory and its start.
            if (Known(key) is { } known)
            {
                return known;
            }

            var look = await LookAsync(flight, form, caller);
            return FromTable(flight, key, form, caller, look) ?? await AskAsync(flight, key, form, caller, look?.Generation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogUnexpected(e, form.Tool, caller);
            return FormOutcome.Failed(
                FallbackReason.Unavailable,
                "an unexpected error occurred",
                time.GetUtcNow() + forms.FailureTtl
            );
        }
        finally
        {
            _flights.TryRemove(KeyValuePair.Create(key, flight));
        }
    }

    private async Task<TableLook?> LookAsync(SchemaFlight flight, FormOptions form, Caller caller)
    {
        if (table is null || caller.HasExpired(time.GetUtcNow()))
        {
            return null;
        }

        var look = await table.FindAsync(form, caller, _stopping.Token);
        if (look is not null)
        {
            Notice(look.Generation, flight);
        }

        return look;
    }

    private void Notice(string generation, SchemaFlight flight)
    {
        var before = Interlocked.Exchange(ref _generation, generation);
        if (before is null)
        {
            // What was fetched while the table could not be asked may be older than this generation.
            memory.Clear();
        }
        else if (before != generation)
        {
            // Another instance was told to forget everything.
            ForgetAll(except: flight);
        }
    }

    private FormOutcome? FromTable(SchemaFlight flight, SchemaKey key, FormOptions form, Caller caller, TableLook? look)
    {
        if (look?.Schema is not { } schema)
        {
            // Where the table could not be asked, memory may still have what it otherwise would have asked the table for.
            return look is null ? Known(key) : null;
        }

        var outcome = FormOutcome.Of(schema, look.ExpiresAt).InMemoryUntil(look.ReadAt + forms.MemoryTtl);
        flight.KeepUnlessStale(() =>
        {
            memory.Keep(key, outcome, time.GetUtcNow());
            if (look.WasCut)
            {
                // Else it would be cut again and again, and live on.
                table!.Keep(look.Generation, form, caller, schema, look.ExpiresAt);
            }
        });
        counters.CountTableHit();
        LogFromTable(form.Tool, caller);
        return outcome;
    }

    private async Task<FormOutcome> AskAsync(
        SchemaFlight flight,
        SchemaKey key,
        FormOptions form,
        Caller caller,
        string? generation
    )
    {
        var askedAt = time.GetUtcNow();
        var outcome = await fetch.FetchAsync(form, caller, _stopping.Token);
        if (table is not null)
        {
            // From the question on: an invalidation elsewhere may have come before the answer.
            outcome = outcome.InMemoryUntil(askedAt + forms.MemoryTtl);
        }

        if (outcome.Reason is FallbackReason.Rejected or FallbackReason.Forbidden)
        {
            // Dropping makes this flight stale, too: whether somebody else had done so before is what counts.
            var wasStale = flight.IsStale;
            await DropAsync(outcome.Reason == FallbackReason.Rejected ? forms.All : [form], caller, _stopping.Token);
            if (!wasStale)
            {
                memory.Keep(key, outcome, time.GetUtcNow());
            }
        }
        else
        {
            flight.KeepUnlessStale(() => Keep(key, form, caller, outcome, generation));
        }

        return outcome;
    }

    private void Keep(SchemaKey key, FormOptions form, Caller caller, FormOutcome outcome, string? generation)
    {
        var now = time.GetUtcNow();
        memory.Keep(key, outcome, now);
        if (outcome.Schema is { } schema && generation is not null && outcome.ExpiresAt > now)
        {
            table!.Keep(generation, form, caller, schema, outcome.ExpiresAt);
        }
    }

    [LoggerMessage(1000, LogLevel.Debug, "Form of {Tool} for caller {Caller} from memory")]
    private partial void LogFromMemory(string tool, Caller caller);

    [LoggerMessage(1005, LogLevel.Debug, "Forms of caller {Caller} dropped")]
    private partial void LogDropped(Caller caller);

    [LoggerMessage(1009, LogLevel.Debug, "Form of {Tool} for caller {Caller} from the table")]
    private partial void LogFromTable(string tool, Caller caller);

    [LoggerMessage(1010, LogLevel.Information, "All cached forms are forgotten")]
    private partial void LogInvalidated();

    [LoggerMessage(1008, LogLevel.Error, "Form of {Tool} for caller {Caller} failed unexpectedly")]
    private partial void LogUnexpected(Exception exception, string tool, Caller caller);
}
