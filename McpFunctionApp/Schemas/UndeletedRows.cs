using McpFunctionApp.FormApi;

namespace McpFunctionApp.Schemas;

/// <summary>
/// Rows that should be gone, until the table has been told. Those that it could not be told of are tried again every second,
/// also while the table is left alone. Remembers a bounded number for the longest life that a row can have left.
/// </summary>
/// <param name="deleteAsync">Deletes what it can of these rows.</param>
internal sealed class UndeletedRows(
    TimeSpan longestLife,
    Func<IReadOnlyList<UndeletedRow>, CancellationToken, Task> deleteAsync,
    TimeProvider time
) : IDisposable
{
    private const int MaxRemembered = 20_000;
    private const int MaxAtOnce = 200;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<SchemaKey, UndeletedRow> _rows = [];
    private readonly CancellationTokenSource _stopping = new();
    private bool _isTrying;

    /// <summary>From now on the row should be gone: a later mark of the same row stands for a later wish.</summary>
    public UndeletedRow Add(SchemaKey key, FormOptions form)
    {
        var row = new UndeletedRow(key, form, time.GetUtcNow() + longestLife);
        lock (_gate)
        {
            if (_rows.Count < MaxRemembered || _rows.ContainsKey(key))
            {
                _rows[key] = row;
            }

            if (!_isTrying)
            {
                _isTrying = true;
                _ = Task.Run(TryAgainAsync);
            }
        }

        return row;
    }

    public UndeletedRow? Find(SchemaKey key)
    {
        lock (_gate)
        {
            return _rows.TryGetValue(key, out var row) && row.Until > time.GetUtcNow() ? row : null;
        }
    }

    public void End(UndeletedRow row)
    {
        row.IsOver = true;
        lock (_gate)
        {
            if (_rows.TryGetValue(row.Key, out var current) && ReferenceEquals(current, row))
            {
                _rows.Remove(row.Key);
            }
        }
    }

    /// <summary>Gives up. The source is not disposed: the last attempt may still ask for its token.</summary>
    public void Dispose() => _stopping.Cancel();

    private async Task TryAgainAsync()
    {
        do
        {
            await Task.Delay(s_pause, time, _stopping.Token);
            if (Waiting() is { Count: > 0 } rows)
            {
                await deleteAsync(rows, _stopping.Token);
            }
        } while (GoesOn());
    }

    private List<UndeletedRow> Waiting()
    {
        lock (_gate)
        {
            return [.. _rows.Values.Where(row => !row.IsQueued).Take(MaxAtOnce)];
        }
    }

    private bool GoesOn()
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            foreach (var row in _rows.Values.Where(row => row.Until <= now).ToList())
            {
                _rows.Remove(row.Key);
            }

            return _isTrying = _rows.Count > 0;
        }
    }
}
