using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.FormApi;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Catalog;

/// <summary>The log tells when a fallback begins, changes and ends, and nothing in between.</summary>
public sealed class FallbackLogTests
{
    [Fact]
    public async Task An_outage_is_one_warning_however_long_it_lasts_and_its_end_is_one_line()
    {
        var clock = new ManualClock();
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await WatchedApp.StartAsync(api, clock);
        api.OnForm = context => FakeFormApi.Json(context, "{}", 503);
        foreach (var _ in Enumerable.Range(0, 12))
        {
            await app.Rpc.ListAsync(Given.Token);
            await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(12, api.Calls.Count);
        var warning = Assert.Single(app.Log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.Equal(3000, warning.EventId);
        Assert.Contains("unavailable", warning.Text, StringComparison.Ordinal);
        Assert.Contains("503", warning.Text, StringComparison.Ordinal);

        api.ServeFields(Given.Fields);
        await app.Rpc.ListAsync(Given.Token);
        await app.Rpc.ListAsync(Given.Token);
        Assert.Equal(LogLevel.Information, Assert.Single(app.Log.Of(3001)).Level);
    }

    [Fact]
    public async Task Each_caller_has_a_state_of_its_own_and_a_caller_that_was_never_down_is_not_mentioned()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeOneCaller();
        await using var app = await WatchedApp.StartAsync(api);
        await app.Rpc.ListAsync(Given.Token);
        await app.Rpc.ListAsync(Given.OtherToken);
        await app.Rpc.ListAsync();
        Assert.Equal(
            [Caller.FromToken(Given.OtherToken, "groups").Short, "without a token"],
            app.Log.Of(3000).Select(line => line.Text.Split("caller ")[1].Split(':')[0])
        );
        Assert.Empty(app.Log.Of(3001));
    }

    [Fact]
    public void Another_reason_is_another_line()
    {
        using var log = new LogCollector();
        using var fallbacks = Create(log);
        var caller = Caller.FromToken(Given.Token, "groups");
        FallbackReason?[] course =
        [
            FallbackReason.Busy,
            FallbackReason.Busy,
            FallbackReason.Malformed,
            null,
            null,
            FallbackReason.Busy,
        ];
        foreach (var reason in course)
        {
            fallbacks.Note(caller, "tool", reason is null ? null : new ToolFallback("tool", reason.Value, ""));
        }

        Assert.Equal([3000, 3000, 3001, 3000], log.Lines.Select(line => line.EventId));
    }

    [Fact]
    public async Task A_change_that_many_see_at_once_is_still_one_line()
    {
        using var log = new LogCollector();
        using var fallbacks = Create(log);
        var callers = Enumerable.Range(0, 10_000).Select(i => Caller.FromToken($"{Given.Token}{i}", "groups")).ToList();
        var fallback = new ToolFallback("tool", FallbackReason.Busy, "");
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () => callers.ForEach(caller => fallbacks.Note(caller, "tool", fallback)),
                        TaskCreationOptions.LongRunning
                    )
                )
        );
        Assert.Equal(callers.Count, log.Lines.Count);
    }

    private static FallbackLog Create(LogCollector log) =>
        new(LoggerFactory.Create(builder => builder.AddProvider(log)).CreateLogger<FallbackLog>());
}
