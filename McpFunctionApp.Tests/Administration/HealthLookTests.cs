using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Administration;

/// <summary>One look at what the server depends on serves everybody for ten seconds.</summary>
public sealed class HealthLookTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private FakeFormApi _api = null!;
    private TestApp _app = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeFormApi.StartAsync();
        _app = await TestApp.StartAsync(_api, _clock, new() { ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace" });
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_result_is_kept_for_ten_seconds()
    {
        var first = await ReadyAsync();
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(first, await ReadyAsync());
        Assert.Single(_api.Calls);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await ReadyAsync();
        Assert.Equal(2, _api.Calls.Count);
    }

    [Fact]
    public async Task A_bad_result_is_kept_no_longer()
    {
        _api.OnForm = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.Contains("degraded", await ReadyAsync(), StringComparison.Ordinal);
        var calls = _api.Calls.Count;
        Assert.Contains("degraded", await ReadyAsync(), StringComparison.Ordinal);
        Assert.Equal(calls, _api.Calls.Count);
        _api.OnForm = context => FakeFormApi.Json(context, "{}");
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Contains("healthy", await ReadyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_share_one_look()
    {
        var (asked, released) = Hold();
        var answers = Enumerable.Range(0, 50).Select(_ => ReadyAsync()).ToList();
        await asked;
        released.SetResult();
        Assert.Single((await Task.WhenAll(answers)).Distinct());
        Assert.Single(_api.Calls);
    }

    [Fact]
    public async Task Clients_that_hang_up_during_a_look_do_not_break_it_for_the_others()
    {
        var (asked, released) = Hold();
        using var leaving = new HttpClient { BaseAddress = _app.Http.BaseAddress };
        var first = leaving.GetAsync(new Uri("/health/ready", UriKind.Relative));
        await asked;
        var waiting = leaving.GetAsync(new Uri("/health/ready", UriKind.Relative));
        var other = ReadyAsync();
        await Eventually.TrueAsync(() => Count("Request starting") == 3, "three requests are there");
        leaving.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Eventually.TrueAsync(() => Count("Request finished") >= 1, "the one that waited is gone");

        released.SetResult();
        Assert.Contains("healthy", await other, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Count("Request finished") == 3, "all requests are over");
        Assert.Single(_api.Calls);
        Assert.DoesNotContain(_app.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    private int Count(string beginning) =>
        _app.Log.Lines.Count(line => line.Text.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>The form API holds its answer until it is released.</summary>
    private (Task Asked, TaskCompletionSource Released) Hold()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _api.OnForm = async context =>
        {
            asked.TrySetResult();
            await released.Task;
            await FakeFormApi.Json(context, "{}");
        };
        return (asked.Task, released);
    }

    private async Task<string> ReadyAsync()
    {
        var (status, body) = await AdminHttp.SendAsync(_app, "GET", "/health/ready");
        Assert.Equal(HttpStatusCode.OK, status);
        return body!.ToJsonString();
    }
}
