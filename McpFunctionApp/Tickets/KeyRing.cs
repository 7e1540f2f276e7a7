using McpFunctionApp.Schemas;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Tickets;

/// <summary>
/// The keys with which what clients are given to keep is sealed: those of the table, where there is one, so that every
/// instance can open what another has sealed; else of this process alone. Nothing is read before the first is needed; a
/// key that is not known reads them again, at most every 10 s.
/// </summary>
public sealed partial class KeyRing(TimeProvider time, ILogger<KeyRing> logger, KeyTable? table = null) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    // Keys that others have made are found when something is sealed with them; this finds those that were taken away.
    private static readonly TimeSpan s_life = TimeSpan.FromHours(12);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TablePause _trouble = new(time);
    private readonly TablePause _reread = new(time);
    private volatile LoadedKeys? _keys;

    /// <returns>Null where the keys cannot be had at the moment.</returns>
    internal async Task<byte[]?> ProtectAsync(string purpose, byte[] data, CancellationToken cancellationToken)
    {
        if (await GetAsync(cancellationToken) is not { } keys)
        {
            return null;
        }

        // Nothing may be given away that was sealed with a key that no other instance can find.
        var sealedData = keys.Protect(purpose, data);
        return await WriteNewAsync(keys.Known, cancellationToken) ? sealedData : null;
    }

    internal async Task<OpenedData> UnprotectAsync(string purpose, byte[] data, CancellationToken cancellationToken)
    {
        if (LoadedKeys.KeyOf(data) is not { } key)
        {
            return default;
        }

        var keys = await GetAsync(cancellationToken);
        if (keys is not null && !keys.Known.Has(key))
        {
            keys = await ReadAgainAsync(key, cancellationToken);
        }

        return keys is null || (!keys.Known.Has(key) && _trouble.IsOn)
            ? new OpenedData(null, IsUnavailable: true)
            : new OpenedData(keys.Unprotect(purpose, data));
    }

    public void Dispose()
    {
        _keys?.Dispose();
        _gate.Dispose();
    }

    private async ValueTask<LoadedKeys?> GetAsync(CancellationToken cancellationToken) =>
        _keys is { } keys && !IsOld(keys) ? keys : await LoadAsync(now => now is null || IsOld(now), cancellationToken);

    private bool IsOld(LoadedKeys keys) => table is not null && time.GetUtcNow() - keys.ReadAt >= s_life;

    private Task<LoadedKeys?> ReadAgainAsync(Guid key, CancellationToken cancellationToken) =>
        LoadAsync(
            now =>
            {
                if (table is null || now?.Known.Has(key) == true || _reread.IsOn)
                {
                    return false;
                }

                _reread.Begin();
                return true;
            },
            cancellationToken
        );

    /// <param name="isWanted">Asked when it is this call's turn: another may have read meanwhile.</param>
    /// <returns>The keys as they are now, or as they were where they cannot be read.</returns>
    private async Task<LoadedKeys?> LoadAsync(Func<LoadedKeys?, bool> isWanted, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // What is replaced is left to the collector: others may be in the middle of using it.
            return !_trouble.IsOn && isWanted(_keys) ? _keys = await ReadAsync(_keys, cancellationToken) ?? _keys : _keys;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<LoadedKeys?> ReadAsync(LoadedKeys? before, CancellationToken cancellationToken)
    {
        var readAt = time.GetUtcNow();
        if (table is null)
        {
            return new LoadedKeys([], readAt);
        }

        LoadedKeys? loaded = null;
        await TryAsync(
            async limit =>
            {
                // Whatever is sealed with what was there before can be opened with what is there then.
                await WriteAsync(table, before?.Known, limit);
                var fresh = new LoadedKeys(await table.ReadAsync(limit), readAt);
                fresh.MakeKey();
                await WriteAsync(table, fresh.Known, limit);
                loaded = fresh;
            },
            cancellationToken
        );
        return loaded;
    }

    private async Task<bool> WriteNewAsync(KnownKeys keys, CancellationToken cancellationToken)
    {
        if (table is null || keys.Unwritten().Count == 0)
        {
            return true;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return !_trouble.IsOn && await TryAsync(limit => WriteAsync(table, keys, limit), cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static async Task WriteAsync(KeyTable table, KnownKeys? keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys?.Unwritten() ?? [])
        {
            await table.WriteAsync(key, cancellationToken);
            keys!.MarkWritten(key);
        }
    }

    private async Task<bool> TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(s_limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await work(either.Token);
            return true;
        }
        catch (Exception e)
            when (e is TableStoreException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            _trouble.Begin();
            LogUnavailable(e is TableStoreException ? e.Message : $"no answer within {s_limit.TotalSeconds:0} s");
            return false;
        }
    }

    [LoggerMessage(
        2030,
        LogLevel.Warning,
        "The keys of questions and drafts cannot be read or written, and are left alone for 10 s: {Problem}"
    )]
    private partial void LogUnavailable(string problem);
}

/// <summary>What was sealed.</summary>
/// <param name="Data">Null where it was not sealed here, or was changed.</param>
/// <param name="IsUnavailable">Whether that cannot be said, since the keys cannot be had.</param>
internal readonly record struct OpenedData(byte[]? Data, bool IsUnavailable = false);
