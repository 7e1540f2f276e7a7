using McpFunctionApp.Replies;
using Microsoft.Extensions.Time.Testing;

namespace McpFunctionApp.Tests.Replies;

public sealed class BytesInFlightTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly BytesInFlight _bytes;

    public BytesInFlightTests() => _bytes = new(1_000, _clock);

    [Fact]
    public async Task What_is_taken_is_given_back_once()
    {
        var claim = _bytes.Begin();
        Assert.True(await claim.TakeAsync(400, default));
        Assert.True(await claim.TakeAsync(600, default));
        claim.Add(50);
        Assert.Equal(1_050, _bytes.Used);
        claim.Dispose();
        claim.Dispose();
        Assert.Equal(0, _bytes.Used);
    }

    [Fact]
    public async Task Whoever_finds_no_room_waits_shortly_and_takes_nothing()
    {
        using var first = _bytes.Begin();
        using var second = _bytes.Begin();
        Assert.True(await first.TakeAsync(900, default));
        var waiting = second.TakeAsync(101, default).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await waiting);
        Assert.Equal(900, _bytes.Used);
        Assert.True(await second.TakeAsync(100, default));
    }

    [Fact]
    public async Task Those_who_wait_are_served_in_their_order()
    {
        var first = _bytes.Begin();
        using var large = _bytes.Begin();
        using var small = _bytes.Begin();
        Assert.True(await first.TakeAsync(900, default));
        var largeOne = large.TakeAsync(900, default).AsTask();
        var smallOne = small.TakeAsync(50, default).AsTask();
        Assert.False(smallOne.IsCompleted);
        first.Dispose();
        Assert.True(await largeOne);
        Assert.True(await smallOne);
        Assert.Equal(950, _bytes.Used);
    }

    [Fact]
    public async Task Whoever_wants_more_than_there_is_gets_all_of_it()
    {
        using (var claim = _bytes.Begin())
        {
            Assert.True(await claim.TakeAsync(5_000, default));
            Assert.True(await claim.TakeAsync(5_000, default));
            Assert.Equal(1_000, _bytes.Used);
        }

        Assert.Equal(0, _bytes.Used);
    }

    [Fact]
    public async Task Whoever_leaves_while_waiting_takes_nothing_and_holds_up_nobody()
    {
        using var first = _bytes.Begin();
        using var leaving = _bytes.Begin();
        using var small = _bytes.Begin();
        using var gone = new CancellationTokenSource();
        Assert.True(await first.TakeAsync(900, default));
        var waiting = leaving.TakeAsync(500, gone.Token).AsTask();
        var behind = small.TakeAsync(100, default).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(await behind);
        Assert.Equal(1_000, _bytes.Used);
    }

    [Fact]
    public async Task A_thousand_at_once_never_have_more_than_the_limit_and_leave_nothing_taken()
    {
        var most = 0L;
        await Task.WhenAll(
            Enumerable
                .Range(0, 1_000)
                .Select(n =>
                    Task.Run(async () =>
                    {
                        using var claim = _bytes.Begin();
                        if (await claim.TakeAsync((n % 300) + 1, default))
                        {
                            most = Math.Max(Volatile.Read(ref most), _bytes.Used);
                            await Task.Yield();
                        }
                    })
                )
        );
        Assert.InRange(most, 1, 1_000);
        Assert.Equal(0, _bytes.Used);
    }
}
