using McpFunctionApp.Admission;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Admission;

public sealed class AllowancesTests
{
    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(600)]
    public void Each_key_has_its_permits_at_once_and_then_no_more(int permits)
    {
        var allowances = new Allowances(permits, _clock);
        Assert.Equal(permits, CountTaken(allowances, "a", permits + 5));
        Assert.Equal(permits, CountTaken(allowances, "b", permits + 5));
    }

    [Fact]
    public void Of_one_place_all_keys_share_the_permits()
    {
        var allowances = new Allowances(7, _clock, places: 1);
        Assert.Equal(4, CountTaken(allowances, "a", 4));
        Assert.Equal(3, CountTaken(allowances, "b", 12));
    }

    [Fact]
    public void An_allowance_refills_evenly_and_says_how_long_to_wait()
    {
        var allowances = new Allowances(60, _clock);
        CountTaken(allowances, "a", 60);
        Assert.Equal(TimeSpan.FromSeconds(1), allowances.Take("a"));
        _clock.Advance(TimeSpan.FromSeconds(0.75));
        Assert.Equal(TimeSpan.FromSeconds(0.25), allowances.Take("a"));
        _clock.Advance(TimeSpan.FromSeconds(9.25));
        Assert.Equal(10, CountTaken(allowances, "a", 20));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(60, CountTaken(allowances, "a", 100));
    }

    [Fact]
    public void A_clock_that_is_set_back_locks_nobody_out_for_longer_than_a_minute()
    {
        var allowances = new Allowances(60, _clock);
        CountTaken(allowances, "a", 60);
        _clock.Advance(TimeSpan.FromDays(-1));
        Assert.Equal(TimeSpan.FromSeconds(1), allowances.Take("a"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(60, CountTaken(allowances, "a", 100));
    }

    [Fact]
    public void Several_permits_are_taken_at_once_and_of_more_than_there_ever_is_all()
    {
        var allowances = new Allowances(60, _clock);
        Assert.Equal(TimeSpan.Zero, allowances.Take("a", 50));
        Assert.Equal(TimeSpan.FromSeconds(10), allowances.Take("a", 20));
        Assert.Equal(10, CountTaken(allowances, "a", 20));
        Assert.Equal(TimeSpan.Zero, allowances.Take("b", 1_000_000));
        Assert.Equal(TimeSpan.FromSeconds(1), allowances.Take("b"));
        allowances.Spend("c", 55);
        allowances.Spend("c", 1_000_000);
        Assert.Equal(TimeSpan.FromSeconds(1), allowances.Take("c"));
    }

    [Fact]
    public void Asking_how_long_to_wait_takes_nothing()
    {
        var allowances = new Allowances(60, _clock);
        Assert.Equal(TimeSpan.Zero, allowances.WaitFor("a"));
        Assert.Equal(60, CountTaken(allowances, "a", 60));
        Assert.Equal(TimeSpan.FromSeconds(1), allowances.WaitFor("a"));
        _clock.Advance(TimeSpan.FromDays(-1));
        Assert.Equal(TimeSpan.FromSeconds(1), allowances.WaitFor("a"));
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(TimeSpan.Zero, allowances.WaitFor("a"));
    }

    [Fact]
    public async Task Many_at_once_get_exactly_the_permits()
    {
        var allowances = new Allowances(1_000, _clock);
        var taken = 0;
        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Interlocked.Add(ref taken, CountTaken(allowances, "a", 500))))
        );
        Assert.Equal(1_000, taken);
    }

    [Fact]
    public void A_hundred_thousand_keys_take_no_more_memory_than_one()
    {
        var allowances = new Allowances(600, _clock);
        allowances.Take("a");
        var keys = Enumerable.Range(0, 100_000).Select(i => $"made-up-{i}").ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var key in keys)
        {
            allowances.Take(key);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    private static int CountTaken(Allowances allowances, string key, int tries) =>
        Enumerable.Range(0, tries).Count(_ => allowances.Take(key) == TimeSpan.Zero);
}
