using System.Diagnostics.CodeAnalysis;
using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Storage;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Schemas;

/// <summary>What a look into the table found.</summary>
/// <param name="Generation">The generation that was looked in.</param>
/// <param name="ReadAt">When that generation was read: what is found is known to be valid as of then.</param>
/// <param name="Schema">The form; null where the table has none.</param>
/// <param name="ExpiresAt">The end of the form's life, counted from the form API's answer; at most <c>Schemas:TtlSeconds</c> from
/// now.</param>
/// <param name="WasCut">The row gave itself a longer life than a form can have: its writer's clock is ahead of this
/// one's.</param>
public sealed record TableLook(
    string Generation,
    DateTimeOffset ReadAt,
    FormSchema? Schema,
    DateTimeOffset ExpiresAt,
    bool WasCut
);

/// <summary>
/// The second cache level, shared by all instances. Trouble with it is a miss and one log line: it never fails a request, never
/// slows one by more than about 2 s, and is followed by a pause of 10 s. A row that this instance cannot trust is a miss, too.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The semaphore has no wait handle to free, and a look given up returns its place."
)]
public sealed partial class SchemaTable : IDisposable
{
    public const string Table = "schemas";

    private const int MaxLooksAtOnce = 32;

    private readonly TableStore _store;
    private readonly SharedForms _forms;
    private readonly SchemaOptions _options;
    private readonly TableWrites _writes;
    private readonly TimeProvider _time;
    private readonly ILogger<SchemaTable> _logger;
    private readonly TableGuard _guard;
    private readonly TableGeneration _generation;
    private readonly SchemaRowKeys _keys;
    private readonly SchemaDrops _drops;
    private readonly LogBudget _unreadable;
    private readonly SemaphoreSlim _looks = new(MaxLooksAtOnce);

    public SchemaTable(
        TableStore store,
        SharedForms forms,
        SchemaOptions options,
        CallerOptions callers,
        TableWrites writes,
        TimeProvider time,
        ILogger<SchemaTable> logger
    )
    {
        (_store, _forms, _options, _writes, _time, _logger) = (store, forms, options, writes, time, logger);
        _keys = new SchemaRowKeys(options, callers);
        _guard = new TableGuard(time, logger);
        _generation = new TableGeneration(store, _guard, Table, options.MemoryTtl, time);
        _drops = new SchemaDrops(store, _keys, _guard, _generation, writes, options.Ttl, time);
        _unreadable = new LogBudget(time);
    }

    /// <summary>Whether the table is being left alone after trouble.</summary>
    public bool IsPaused => _guard.IsPaused;

    /// <returns>What the table holds, or null where it could not be asked.</returns>
    public async Task<TableLook?> FindAsync(FormOptions form, Caller caller, CancellationToken cancellationToken) =>
        IsPaused ? null : await _guard.WaitAsync(token => LookAsync(form, caller, token), cancellationToken);

    /// <summary>Stores a form under the generation in which its question to the form API began. Nobody waits for it.</summary>
    public void Keep(string generation, FormOptions form, Caller caller, FormSchema schema, DateTimeOffset expiresAt)
    {
        if (IsPaused)
        {
            return;
        }

        // It ends a wish to see the row gone that is older than itself, and no later one.
        var undeleted = _drops.Find(form, caller);
        var key = _keys.Of(generation, form, caller.Fingerprint);
        var write = () => WriteAsync(key, schema, expiresAt, form.Tool, caller, undeleted);
        if (_writes.Add(key.Row, write, schema.MemoryBytes) is null)
        {
            LogNotWritten(form.Tool, caller, "too many writes are pending");
        }
    }

    /// <summary>
    /// Deletes what is kept of a caller; waits for it, and for writes under way. Where the table cannot be told now, this
    /// instance does not look at it any more, and tells it as soon as it answers again.
    /// </summary>
    /// <returns>Whether the table could be told.</returns>
    public Task<bool> DropAsync(IReadOnlyList<FormOptions> forms, Caller caller, CancellationToken cancellationToken) =>
        _drops.DropAsync(forms, caller, cancellationToken);

    /// <summary>Begins a new generation: no instance looks at older rows any more, at the latest when it next reads it.</summary>
    /// <returns>The new generation; null where the table could not be told.</returns>
    public Task<string?> BeginGenerationAsync(CancellationToken cancellationToken) =>
        _guard.AskAsync(_generation.BeginAsync, cancellationToken);

    /// <summary>Removes rows whose life is over: those of older generations and formats with them.</summary>
    public Task<int> PurgeAsync(CancellationToken cancellationToken) =>
        _store.PurgeAsync(Table, TableFilter.Before("Expires", _time.GetUtcNow()), cancellationToken);

    public void Dispose() => _drops.Dispose();

    private async Task<TableLook?> LookAsync(FormOptions form, Caller caller, CancellationToken cancellationToken)
    {
        if (await _generation.ReadAsync(fresh: false, cancellationToken) is not { } generation)
        {
            return null;
        }

        await _looks.WaitAsync(cancellationToken);
        try
        {
            return IsPaused
                ? null
                : await _guard.AskAsync(token => LookAsync(generation, form, caller, token), cancellationToken);
        }
        finally
        {
            _looks.Release();
        }
    }

    private async Task<TableLook> LookAsync(
        Generation generation,
        FormOptions form,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var key = _keys.Of(generation.Value, form, caller.Fingerprint);
        var row = await _store.GetAsync(Table, key.Partition, key.Row, cancellationToken);
        var now = _time.GetUtcNow();
        var isOver = row is null || SchemaRow.EndOf(row) <= now || _drops.Find(form, caller) is not null;
        if (isOver || Decode(row!, form, caller) is not { } schema)
        {
            return new TableLook(generation.Value, generation.ReadAt, null, default, false);
        }

        var (end, longest) = (SchemaRow.EndOf(row!)!.Value, now + _options.Ttl);
        return new TableLook(generation.Value, generation.ReadAt, schema, end < longest ? end : longest, end > longest);
    }

    private FormSchema? Decode(TableRow row, FormOptions form, Caller caller)
    {
        if (SchemaRow.Read(row, caller) is { } read)
        {
            var source = FormDigest.Of(read.Digest);
            if (_forms.FindBySource(source) is { } known)
            {
                return known;
            }

            if (FormCodec.Decode(read.Form) is { } schema)
            {
                return _forms.Share(schema, source);
            }
        }

        if (_unreadable.TrySpend())
        {
            LogUnreadable(form.Tool, caller);
        }

        return null;
    }

    private async Task WriteAsync(
        SchemaRowKey key,
        FormSchema schema,
        DateTimeOffset expiresAt,
        string tool,
        Caller caller,
        UndeletedRow? undeleted
    )
    {
        // It may have waited long, and trouble may have come meanwhile.
        if (IsPaused || expiresAt <= _time.GetUtcNow())
        {
            return;
        }

        var form = schema.Row();
        if (form.Length > BinaryParts.MaxBytes)
        {
            LogNotWritten(tool, caller, $"it takes {form.Length} bytes, and a row holds {BinaryParts.MaxBytes}");
            return;
        }

        await _guard.TellAsync(
            async token =>
            {
                try
                {
                    await _store.UpsertAsync(Table, SchemaRow.Write(key, form, expiresAt, caller), token);
                    EndWish(undeleted);
                }
                catch (TableStoreException e) when (e.ErrorCode is "EntityTooLarge" or "RequestBodyTooLarge")
                {
                    // This row's trouble and not the table's: an emulator counts a row's bytes in base64.
                    LogNotWritten(tool, caller, $"its {form.Length} bytes are too many for the table");
                }
            },
            CancellationToken.None
        );
    }

    private void EndWish(UndeletedRow? undeleted)
    {
        if (undeleted is not null)
        {
            _drops.End(undeleted);
        }
    }

    [LoggerMessage(1021, LogLevel.Warning, "The stored form of {Tool} for caller {Caller} cannot be read and is fetched again")]
    private partial void LogUnreadable(string tool, Caller caller);

    [LoggerMessage(1022, LogLevel.Warning, "The form of {Tool} for caller {Caller} is not stored in the table: {Problem}")]
    private partial void LogNotWritten(string tool, Caller caller, string problem);
}
