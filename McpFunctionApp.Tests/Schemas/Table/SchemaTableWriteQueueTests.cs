using System.Collections.Concurrent;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>Writes that nobody waits for: in order for each key, bounded, and all finished by a drain.</summary>
public sealed class SchemaTableWriteQueueTests : IDisposable
{
    private readonly TableWrites _writes = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _writes.Dispose();

    [Fact]
    public async Task Writes_of_one_key_run_one_after_another_in_their_order()
    {
        var order = new ConcurrentQueue<int>();
        var running = 0;
        for (var i = 0; i < 200; i++)
        {
            var number = i;
            Assert.NotNull(
                _writes.Add(
                    "key",
                    async () =>
                    {
                        Assert.Equal(1, Interlocked.Increment(ref running));
                        await Task.Yield();
                        order.Enqueue(number);
                        Interlocked.Decrement(ref running);
                    }
                )
            );
        }

        await _writes.DrainAsync(CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 200), order);
    }

    [Fact]
    public async Task At_most_16_run_at_once()
    {
        var (running, most) = (0, 0);
        for (var i = 0; i < 100; i++)
        {
            _ = _writes.Add(
                $"key {i}",
                async () =>
                {
                    InterlockedMax(ref most, Interlocked.Increment(ref running));
                    await _gate.Task;
                    Interlocked.Decrement(ref running);
                }
            );
        }

        await Eventually.TrueAsync(() => Volatile.Read(ref running) == 16, "16 run");
        _gate.SetResult();
        await _writes.DrainAsync(CancellationToken.None);
        Assert.Equal(16, most);
    }

    [Fact]
    public async Task Writes_of_one_key_that_wait_for_each_other_do_not_hold_up_other_keys()
    {
        for (var i = 0; i < 100; i++)
        {
            _ = _writes.Add("key", () => _gate.Task);
        }

        await _writes.Add("other", () => Task.CompletedTask)!.WaitAsync(TimeSpan.FromSeconds(20));
        _gate.SetResult();
        await _writes.DrainAsync(CancellationToken.None);
    }

    [Fact]
    public async Task At_most_2000_are_pending_and_there_is_room_again_after_them()
    {
        for (var i = 0; i < 2_000; i++)
        {
            Assert.NotNull(_writes.Add($"key {i % 500}", () => _gate.Task));
        }

        Assert.Null(_writes.Add("one more", () => Task.CompletedTask));
        _gate.SetResult();
        await _writes.DrainAsync(CancellationToken.None);
        Assert.NotNull(_writes.Add("one more", () => Task.CompletedTask));
        await _writes.DrainAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_drain_waits_for_what_is_added_during_it_too()
    {
        var done = 0;
        _ = _writes.Add(
            "a",
            async () =>
            {
                await _gate.Task;
                _ = _writes.Add(
                    "b",
                    async () =>
                    {
                        await Task.Yield();
                        Interlocked.Increment(ref done);
                    }
                );
                Interlocked.Increment(ref done);
            }
        );
        var drain = _writes.DrainAsync(CancellationToken.None);
        Assert.False(drain.IsCompleted);
        _gate.SetResult();
        await drain;
        Assert.Equal(2, done);
    }

    [Fact]
    public async Task A_drain_that_is_cancelled_gives_up()
    {
        _ = _writes.Add("a", () => _gate.Task);
        using var limit = new CancellationTokenSource();
        var drain = _writes.DrainAsync(limit.Token);
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drain);
        _gate.SetResult();
        await _writes.DrainAsync(CancellationToken.None);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, value, seen) != seen) { }
    }
}
