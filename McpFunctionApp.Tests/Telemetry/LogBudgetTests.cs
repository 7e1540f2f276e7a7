using McpFunctionApp.Telemetry;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Telemetry;

/// <summary>Lines that a stranger could cause are bounded in number.</summary>
public sealed class LogBudgetTests
{
    [Fact]
    public void There_is_room_for_20_lines_a_minute_and_again_after_it()
    {
        var clock = new ManualClock();
        var budget = new LogBudget(clock);
        Assert.Equal(20, Enumerable.Range(0, 1_000).Count(_ => budget.TrySpend()));

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(budget.TrySpend());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(20, Enumerable.Range(0, 1_000).Count(_ => budget.TrySpend()));
    }
}
