namespace McpFunctionApp.Messages;

/// <summary>
/// Half of the processors for large messages, which take up to a hundred times as long as small ones: a crowd of them
/// waits for each other, and the small ones go on. While one waits for a form API or its client, the next has its turn.
/// </summary>
public sealed class LargeMessages
{
    private readonly TaskFactory _half = new(
        new ConcurrentExclusiveSchedulerPair(
            TaskScheduler.Default,
            Math.Max(1, Environment.ProcessorCount / 2)
        ).ConcurrentScheduler
    );

    public Task<T> RunAsync<T>(Func<Task<T>> work) => _half.StartNew(work).Unwrap();
}
