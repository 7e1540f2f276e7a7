using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Administration;

/// <summary>One look at what the server depends on serves everybody for ten seconds.</summary>
public sealed class HealthLookTests : AppTests<TestApp>
{
    [Fact]
    public async Task A_result_is_kept_for_ten_seconds()
    {
        var first = await ReadyAsync();
        Clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(first, await ReadyAsync());
        Assert.Single(Api.Calls);
        Clock.Advance(TimeSpan.FromSeconds(0.1));
        await ReadyAsync();
        Assert.Equal(2, Api.Calls.Count);
    }

    [Fact]
    public async Task A_bad_result_is_kept_no_longer()
    {
        Api.OnForm = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.Contains("degraded", await ReadyAsync(), StringComparison.Ordinal);
        var calls = Api.Calls.Count;
        Assert.Contains("degraded", await ReadyAsync(), StringComparison.Ordinal);
        Assert.Equal(calls, Api.Calls.Count);
        Api.OnForm = context => FakeFormApi.Json(context, "{}");
        Clock.Advance(TimeSpan.FromSeconds(10));
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
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task Clients_that_hang_up_during_a_look_do_not_break_it_for_the_others()
    {
        var (asked, released) = Hold();
        using var leaving = new HttpClient { BaseAddress = App.Http.BaseAddress };
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
        Assert.Single(Api.Calls);
        Assert.DoesNotContain(App.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    protected override Task<TestApp> StartAsync() =>
        TestApp.StartAsync(Api, Clock, new() { ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace" });

    private int Count(string beginning) => App.Log.Lines.Count(line => line.Text.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>The form API holds its answer until it is released.</summary>
    private (Task Asked, TaskCompletionSource Released) Hold()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Api.OnForm = async context =>
        {
            asked.TrySetResult();
            await released.Task;
            await FakeFormApi.Json(context, "{}");
        };
        return (asked.Task, released);
    }

    private async Task<string> ReadyAsync()
    {
        var (status, body) = await AdminHttp.SendAsync(App, "GET", "/health/ready");
        Assert.Equal(HttpStatusCode.OK, status);
        return body!.ToJsonString();
    }
}
