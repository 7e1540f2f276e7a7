using McpFunctionApp.Storage;

namespace McpFunctionApp.Schemas;

/// <summary>
/// Runs each piece of work with the table within 2 s of the table's own time. Trouble is told once, and followed by a pause in
/// which the table is left alone; time spent waiting for something here is no trouble there.
/// </summary>
internal sealed partial class TableGuard(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    // A little more than the table's own limit, so that a silent table is known to be in trouble before its callers go on.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2.1);

    private readonly TablePause _pause = new(time);

    /// <summary>Whether the table is being left alone after trouble.</summary>
    public bool IsPaused => _pause.IsOn;

    /// <returns>The answer; null where there was trouble.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<T?> AskAsync<T>(
        Func<CancellationToken, Task<T>> ask,
        CancellationToken cancellationToken,
        bool pauses = true
    )
        where T : class
    {
        T? answer = null;
        await TellAsync(async token => answer = await ask(token), cancellationToken, pauses);
        return answer;
    }

    /// <param name="pauses">False: trouble is expected, and neither told nor followed by a pause.</param>
    /// <returns>Whether it was done.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<bool> TellAsync(Func<CancellationToken, Task> tell, CancellationToken cancellationToken, bool pauses = true)
    {
        using var limit = new CancellationTokenSource(s_limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await tell(either.Token);
            return true;
        }
        catch (Exception e) when (e is TableStoreException || IsTooLate(e, cancellationToken))
        {
            if (pauses && _pause.Begin())
            {
                LogTrouble(e is TableStoreException ? e.Message : $"no answer within {s_limit.TotalSeconds:0} s");
            }

            return false;
        }
    }

    /// <summary>Bounds the wait of a request, for the table and for its turn here.</summary>
    /// <returns>The default where it took too long, which is not told as trouble: the table may be well, and the queue
    /// long.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<T?> WaitAsync<T>(Func<CancellationToken, Task<T?>> work, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotWaitedFor();
            return default;
        }
    }

    private static bool IsTooLate(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    [LoggerMessage(1020, LogLevel.Warning, "The schema table is in trouble and is left alone for 10 s: {Problem}")]
    private partial void LogTrouble(string problem);

    [LoggerMessage(1023, LogLevel.Debug, "The schema table is not waited for any longer: too much waits here, or it is slow")]
    private partial void LogNotWaitedFor();
}
