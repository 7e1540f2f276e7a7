using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Schemas;

/// <summary>
/// Deletes callers' rows. What the table cannot be told now it is told as soon as it answers again, and this instance does not
/// look at it meanwhile.
/// </summary>
internal sealed class SchemaDrops : IDisposable
{
    private readonly TableStore _store;
    private readonly SchemaRowKeys _keys;
    private readonly TableGuard _guard;
    private readonly TableGeneration _generation;
    private readonly TableWrites _writes;
    private readonly UndeletedRows _undeleted;

    /// <param name="longestLife">Of a row.</param>
    public SchemaDrops(
        TableStore store,
        SchemaRowKeys keys,
        TableGuard guard,
        TableGeneration generation,
        TableWrites writes,
        TimeSpan longestLife,
        TimeProvider time
    )
    {
        (_store, _keys, _guard, _generation, _writes) = (store, keys, guard, generation, writes);
        _undeleted = new UndeletedRows(longestLife, DeleteAgainAsync, time);
    }

    /// <returns>The wish that this row be gone, which only what is asked for after it may end; null where there is
    /// none.</returns>
    public UndeletedRow? Find(FormOptions form, Caller caller) => _undeleted.Find(new SchemaKey(caller.Fingerprint, form.Tool));

    /// <summary>The row has been written anew.</summary>
    public void End(UndeletedRow row) => _undeleted.End(row);

    /// <summary>Waits for the rows to be gone, and for writes of them that are under way.</summary>
    /// <returns>Whether the table could be told of all.</returns>
    public async Task<bool> DropAsync(IReadOnlyList<FormOptions> forms, Caller caller, CancellationToken cancellationToken)
    {
        var rows = forms.Select(form => _undeleted.Add(new SchemaKey(caller.Fingerprint, form.Tool), form)).ToList();
        return !_guard.IsPaused && await _guard.WaitAsync(token => DeleteAsync(rows, token), cancellationToken);
    }

    public void Dispose() => _undeleted.Dispose();

    private async Task<bool> DeleteAsync(List<UndeletedRow> rows, CancellationToken cancellationToken)
    {
        // Another instance may have stored them under a generation that is news here.
        if (await _generation.ReadAsync(fresh: true, cancellationToken) is not { } generation)
        {
            return false;
        }

        var each = await Task.WhenAll(rows.Select(row => DeleteAsync(row, generation, isProbe: false)))
            .WaitAsync(cancellationToken);
        return each.All(isGone => isGone);
    }

    private async Task DeleteAgainAsync(IReadOnlyList<UndeletedRow> rows, CancellationToken cancellationToken)
    {
        if (await _generation.ProbeAsync(cancellationToken) is { } generation)
        {
            await Task.WhenAll(rows.Select(row => DeleteAsync(row, generation, isProbe: true)));
        }
    }

    /// <summary>Deletes a row after the writes that were added for it, however long they take.</summary>
    /// <param name="isProbe">Also tries while the table is left alone.</param>
    /// <returns>Whether it is gone.</returns>
    private async Task<bool> DeleteAsync(UndeletedRow row, Generation generation, bool isProbe)
    {
        var key = _keys.Of(generation.Value, row.Form, row.Key.Fingerprint);
        row.IsQueued = true;
        await (_writes.Add(key.Row, RunAsync) ?? Task.CompletedTask);
        row.IsQueued = false;
        return row.IsOver;

        async Task RunAsync()
        {
            var mayTry = !row.IsOver && (isProbe || !_guard.IsPaused);
            if (mayTry && await _guard.TellAsync(TellAsync, CancellationToken.None, pauses: !isProbe))
            {
                _undeleted.End(row);
            }
        }

        Task TellAsync(CancellationToken token) => _store.DeleteAsync(SchemaTable.Table, key.Partition, key.Row, token);
    }
}
