using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using McpFunctionApp.Callers;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Schemas;

/// <summary>What a look into the table found.</summary>
/// <param name="Generation">The generation that was looked in.</param>
/// <param name="ReadAt">When that generation was read: what is found is known to be valid as of then.</param>
/// <param name="Schema">The form; null where the table has none.</param>
/// <param name="ExpiresAt">The end of the form's life, counted from the form API's answer.</param>
public sealed record TableLook(string Generation, DateTimeOffset ReadAt, FormSchema? Schema, DateTimeOffset ExpiresAt);

/// <summary>
/// The second cache level, shared by all instances. Trouble with it is a miss and one log line: it never fails a
/// request, never slows one by more than 2 s, and is followed by a pause of 10 s.
/// </summary>
public sealed partial class SchemaTable(
    ITableStore store, SchemaOptions options, CallerOptions callers, TableWrites writes, TimeProvider time, ILogger<SchemaTable> logger)
{
    public const string Table = "schemas";

    private const string GenerationKey = "generation";
    private const string FirstGeneration = "0";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    private readonly TablePause _pause = new(time);
    private Generation? _generation;

    /// <summary>Whether the table is being left alone after trouble.</summary>
    public bool IsPaused => _pause.IsOn;

    /// <returns>What the table holds, or null where it could not be asked.</returns>
    public async Task<TableLook?> FindAsync(FormOptions form, Caller caller, CancellationToken cancellationToken)
    {
        return IsPaused ? null : await GuardAsync(async token =>
        {
            var (generation, readAt) = await GenerationAsync(fresh: false, token);
            var key = RowKey(generation, form, caller);
            var row = await store.GetAsync(Table, Partition(key), key, token);
            var expiresAt = row?.Values.GetValueOrDefault("Expires") as DateTimeOffset? ?? default;
            var schema = row is null || expiresAt <= time.GetUtcNow() ? null : Decode(row, form, caller);
            return new TableLook(generation, readAt, schema, expiresAt);
        }, cancellationToken);
    }

    /// <summary>Stores a form under the generation in which its question to the form API began. Nobody waits for it.</summary>
    public void Keep(string generation, FormOptions form, Caller caller, FormSchema schema, DateTimeOffset expiresAt)
    {
        if (IsPaused)
        {
            return;
        }

        var key = RowKey(generation, form, caller);
        if (writes.Add(key, () => WriteAsync(key, schema, expiresAt, form.Tool, caller)) is null)
        {
            LogNotWritten(form.Tool, caller, "too many writes are pending");
        }
    }

    /// <summary>Deletes what is kept of a caller; waits for it, and for writes under way.</summary>
    /// <returns>Whether the table could be told.</returns>
    public async Task<bool> DropAsync(IReadOnlyList<FormOptions> forms, Caller caller, CancellationToken cancellationToken)
    {
        if (IsPaused)
        {
            return false;
        }

        var deleted = await GuardAsync(async token =>
        {
            // Another instance may have stored it under a generation that is news here.
            var (generation, _) = await GenerationAsync(fresh: true, token);
            var keys = forms.Select(form => RowKey(generation, form, caller));
            return await Task.WhenAll(keys.Select(key => DeleteAfterWritesAsync(key, token)));
        }, cancellationToken);
        return deleted?.All(done => done) == true;
    }

    /// <summary>Begins a new generation: no instance looks at older rows any more, at the latest when it next reads it.</summary>
    /// <returns>The new generation; null where the table could not be told.</returns>
    public Task<string?> BeginGenerationAsync(CancellationToken cancellationToken) => GuardAsync(async token =>
    {
        var value = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        await store.UpsertAsync(Table, new TableRow(GenerationKey, GenerationKey, new Dictionary<string, object> { ["Value"] = value }), token);
        Volatile.Write(ref _generation, new Generation(value, time.GetUtcNow()));
        return value;
    }, cancellationToken);

    /// <summary>Removes rows whose life is over: those of older generations and formats with them.</summary>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        await foreach (var row in store.QueryAsync(Table, TableFilter.Before("Expires", time.GetUtcNow()), ["Expires"], cancellationToken))
        {
            await store.DeleteAsync(Table, row.PartitionKey, row.RowKey, cancellationToken);
            removed++;
        }

        return removed;
    }

    private async Task<bool> DeleteAfterWritesAsync(string key, CancellationToken cancellationToken)
    {
        var deleted = false;
        async Task DeleteAsync() => deleted = !IsPaused && await GuardAsync(
            async token => $"{await store.DeleteAsync(Table, Partition(key), key, token)}", CancellationToken.None) is not null;

        // In its turn and with a limit of its own: the row must go also where nobody waits for that any longer.
        await (writes.Add(key, DeleteAsync) ?? DeleteAsync()).WaitAsync(cancellationToken);
        return deleted;
    }

    private async Task<Generation> GenerationAsync(bool fresh, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = Volatile.Read(ref _generation);
        if (!fresh && known is not null && now - known.ReadAt < options.MemoryTtl)
        {
            return known;
        }

        var row = await store.GetAsync(Table, GenerationKey, GenerationKey, cancellationToken);
        var read = new Generation(row?.Values.GetValueOrDefault("Value") as string ?? FirstGeneration, now);

        // Where a generation was begun here while this one was on its way, this one is the old one.
        var current = Interlocked.CompareExchange(ref _generation, read, known);
        return ReferenceEquals(current, known) ? read : current!;
    }

    private FormSchema? Decode(TableRow row, FormOptions form, Caller caller)
    {
        var schema = row.Values.GetValueOrDefault("Format") is FormCodec.FormatVersion ? FormCodec.Decode(BinaryParts.Read(row.Values)) : null;
        if (schema is null)
        {
            LogUnreadable(form.Tool, caller);
        }

        return schema;
    }

    private async Task WriteAsync(string key, FormSchema schema, DateTimeOffset expiresAt, string tool, Caller caller)
    {
        if (IsPaused)
        {
            // Trouble began while this write waited for its turn.
            return;
        }

        var bytes = FormCodec.Encode(schema);
        if (bytes.Length > BinaryParts.MaxBytes)
        {
            LogNotWritten(tool, caller, $"it takes {bytes.Length} bytes, and a row holds {BinaryParts.MaxBytes}");
            return;
        }

        var values = new Dictionary<string, object> { ["Format"] = FormCodec.FormatVersion, ["Expires"] = expiresAt };
        BinaryParts.Write(values, bytes);
        await GuardAsync(async token =>
        {
            try
            {
                await store.UpsertAsync(Table, new TableRow(Partition(key), key, values), token);
            }
            catch (TableStoreException e) when (e.ErrorCode is "EntityTooLarge" or "RequestBodyTooLarge")
            {
                // This row's trouble and not the table's: an emulator counts a row's bytes in base64.
                LogNotWritten(tool, caller, $"its {bytes.Length} bytes are too many for the table");
            }

            return "";
        }, CancellationToken.None);
    }

    /// <summary>Runs one piece of work with the table within its limit; trouble is null, a pause, and one line in the log.</summary>
    private async Task<T?> GuardAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = new CancellationTokenSource(s_limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (Exception e) when (e is TableStoreException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (_pause.Begin())
            {
                LogTrouble(e is TableStoreException ? e.Message : $"no answer within {s_limit.TotalSeconds:0} s");
            }

            return null;
        }
    }

    private string RowKey(string generation, FormOptions form, Caller caller)
    {
        ImmutableArray<object> parts =
        [
            FormCodec.FormatVersion, generation, caller.Fingerprint, form.Tool, form.Url,
            options.MaxOptions, options.MaxFields, options.MaxSchemaBytes, callers.GroupsClaim,
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }

    private static string Partition(string key) => key[..2];

    private sealed record Generation(string Value, DateTimeOffset ReadAt);

    [LoggerMessage(1020, LogLevel.Warning, "The schema table is in trouble and is left alone for 10 s: {Problem}")]
    private partial void LogTrouble(string problem);

    [LoggerMessage(1021, LogLevel.Warning, "The stored form of {Tool} for caller {Caller} cannot be read and is fetched again")]
    private partial void LogUnreadable(string tool, Caller caller);

    [LoggerMessage(1022, LogLevel.Warning, "The form of {Tool} for caller {Caller} is not stored in the table: {Problem}")]
    private partial void LogNotWritten(string tool, Caller caller, string problem);
}
