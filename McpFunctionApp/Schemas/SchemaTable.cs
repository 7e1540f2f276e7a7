using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using McpFunctionApp.Callers;
using McpFunctionApp.Forms;
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
    TableStore store, SharedForms forms, SchemaOptions options, CallerOptions callers, TableWrites writes, TimeProvider time, ILogger<SchemaTable> logger) : IDisposable
{
    public const string Table = "schemas";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    private readonly TablePause _pause = new(time);
    private readonly TableGeneration _generation = new(store, Table, options.MemoryTtl, time);
    private readonly UndeletedRows _undeleted = new(options.Ttl);

    /// <summary>Whether the table is being left alone after trouble.</summary>
    public bool IsPaused => _pause.IsOn;

    /// <returns>What the table holds, or null where it could not be asked.</returns>
    public async Task<TableLook?> FindAsync(FormOptions form, Caller caller, CancellationToken cancellationToken)
    {
        return IsPaused ? null : await GuardAsync(async token =>
        {
            var (generation, readAt) = await _generation.ReadAsync(fresh: false, token);
            var key = RowKey(generation, form, caller);
            var row = await store.GetAsync(Table, Partition(key), key, token);
            var expiresAt = row?.Values.GetValueOrDefault("Expires") as DateTimeOffset? ?? default;
            var isOver = row is null || expiresAt <= time.GetUtcNow() || _undeleted.Contains(new SchemaKey(caller.Fingerprint, form.Tool));
            var schema = isOver ? null : Decode(row!, form, caller);
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
        if (writes.Add(key, () => WriteAsync(key, schema, expiresAt, form.Tool, caller), schema.MemoryBytes) is null)
        {
            LogNotWritten(form.Tool, caller, "too many writes are pending");
        }
    }

    /// <summary>
    /// Deletes what is kept of a caller; waits for it, and for writes under way. Where the table cannot be told, this
    /// instance at least does not look at it any more.
    /// </summary>
    /// <returns>Whether the table could be told.</returns>
    public async Task<bool> DropAsync(IReadOnlyList<FormOptions> forms, Caller caller, CancellationToken cancellationToken)
    {
        var told = !IsPaused && await GuardAsync(async token =>
        {
            // Another instance may have stored it under a generation that is news here.
            var (generation, _) = await _generation.ReadAsync(fresh: true, token);
            var each = await Task.WhenAll(forms.Select(form => DropAsync(RowKey(generation, form, caller), token)));
            return each.All(one => one) ? "" : null;
        }, cancellationToken) is not null;
        foreach (var form in told ? [] : forms)
        {
            _undeleted.Add(new SchemaKey(caller.Fingerprint, form.Tool));
        }

        return told;
    }

    /// <summary>Begins a new generation: no instance looks at older rows any more, at the latest when it next reads it.</summary>
    /// <returns>The new generation; null where the table could not be told.</returns>
    public Task<string?> BeginGenerationAsync(CancellationToken cancellationToken) =>
        GuardAsync(async token => (string?)await _generation.BeginAsync(token), cancellationToken);

    /// <summary>Removes rows whose life is over: those of older generations and formats with them.</summary>
    public Task<int> PurgeAsync(CancellationToken cancellationToken) =>
        store.PurgeAsync(Table, TableFilter.Before("Expires", time.GetUtcNow()), cancellationToken);

    public void Dispose() => _undeleted.Dispose();

    /// <summary>Deletes a row after the writes that were added for it. The wait has a limit; what waited longer is deleted all the same.</summary>
    private async Task<bool> DropAsync(string key, CancellationToken cancellationToken)
    {
        var told = false;
        var done = writes.Add(key, DeleteAsync) ?? DeleteAsync();
        await done.WaitAsync(cancellationToken);
        return told;

        async Task DeleteAsync() => told = await GuardAsync(async token =>
        {
            await store.DeleteAsync(Table, Partition(key), key, token);
            return "";
        }, CancellationToken.None) is not null;
    }

    private FormSchema? Decode(TableRow row, FormOptions form, Caller caller)
    {
        var bytes = row.Values.GetValueOrDefault("Format") is FormCodec.FormatVersion ? BinaryParts.Read(row.Values) : [];
        var source = FormDigest.Of(SHA256.HashData(bytes));
        if (forms.FindBySource(source) is { } known)
        {
            return known;
        }

        if (FormCodec.Decode(bytes) is { } schema)
        {
            return forms.Share(schema, source);
        }

        LogUnreadable(form.Tool, caller);
        return null;
    }

    private async Task WriteAsync(string key, FormSchema schema, DateTimeOffset expiresAt, string tool, Caller caller)
    {
        // It may have waited long, and trouble may have come meanwhile.
        if (IsPaused || expiresAt <= time.GetUtcNow())
        {
            return;
        }

        var bytes = schema.Row();
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
                _undeleted.Remove(new SchemaKey(caller.Fingerprint, tool));
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
    private async Task<T?> GuardAsync<T>(Func<CancellationToken, Task<T?>> work, CancellationToken cancellationToken)
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
            options.Limits.MaxOptions, options.Limits.MaxEnumValues, options.Limits.MaxFields, options.Limits.MaxSchemaBytes, callers.GroupsClaim,
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }

    private static string Partition(string key) => key[..2];

    [LoggerMessage(1020, LogLevel.Warning, "The schema table is in trouble and is left alone for 10 s: {Problem}")]
    private partial void LogTrouble(string problem);

    [LoggerMessage(1021, LogLevel.Warning, "The stored form of {Tool} for caller {Caller} cannot be read and is fetched again")]
    private partial void LogUnreadable(string tool, Caller caller);

    [LoggerMessage(1022, LogLevel.Warning, "The form of {Tool} for caller {Caller} is not stored in the table: {Problem}")]
    private partial void LogNotWritten(string tool, Caller caller, string problem);
}
