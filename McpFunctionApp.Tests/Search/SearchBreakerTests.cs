using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Search;

/// <summary>Elasticsearch is left alone for ten seconds after five failures in a row.</summary>
public sealed class SearchBreakerTests
{
    private const int Opened = 7001;
    private const int Closed = 7002;

    [Fact]
    public async Task After_five_failures_in_a_row_nothing_is_sent_for_ten_seconds()
    {
        await using var rig = await SearchRig.StartAsync();
        Assert.False((await rig.SearchAsync()).IsError);
        rig.Serve("", 500);
        await FailAsync(rig, 5);
        Assert.Equal(6, rig.Sent);
        Assert.Single(rig.App.Log.Of(Opened));

        var refused = await rig.AssertFailsAsync();
        Assert.Contains("left alone for 10 s", refused.Text, StringComparison.Ordinal);
        rig.Clock.Advance(TimeSpan.FromSeconds(9.9));
        await FailAsync(rig, 3);
        Assert.Equal(6, rig.Sent);
        Assert.Equal([.. Enumerable.Repeat(SearchRig.Failed, 4), Opened, SearchRig.Failed], rig.Warnings);

        rig.Serve(SearchRig.Result(1, SearchRig.Hit));
        rig.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False((await rig.SearchAsync()).IsError);
        Assert.False((await rig.SearchAsync()).IsError);
        Assert.Equal(8, rig.Sent);
        Assert.Equal(LogLevel.Information, Assert.Single(rig.App.Log.Of(Closed)).Level);
    }

    [Fact]
    public async Task One_more_failure_after_the_ten_seconds_opens_it_again()
    {
        await using var rig = await SearchRig.StartAsync();
        rig.Serve("", 500);
        await FailAsync(rig, 6);
        rig.Clock.Advance(TimeSpan.FromSeconds(10));
        await FailAsync(rig, 2);
        Assert.Equal(6, rig.Sent);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(400)]
    public async Task A_server_that_answers_in_between_is_not_left_alone(int status)
    {
        await using var rig = await SearchRig.StartAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            rig.Serve("", 500);
            await FailAsync(rig, 4);
            rig.Serve(status == 200 ? SearchRig.Result(0, "") : """{"error":{"type":"index_not_found_exception"}}""", status);
            await rig.SearchAsync();
        }

        Assert.Equal(15, rig.Sent);
        Assert.Empty(rig.App.Log.Of(Opened));
    }

    [Fact]
    public async Task A_retried_search_is_one_failure()
    {
        await using var rig = await SearchRig.StartAsync();
        rig.Serve("", 503);
        await FailAsync(rig, 7);
        Assert.Equal(10, rig.Sent);
    }

    [Fact]
    public async Task Static_tools_and_forms_are_served_while_search_is_left_alone()
    {
        await using var rig = await SearchRig.StartAsync();
        rig.Serve("", 500);
        await FailAsync(rig, 6);
        Assert.Equal("42", (await rig.App.Rpc.CallAsync("add", """{"a":40,"b":2}""")).Text);
        Assert.False((await rig.App.Rpc.CallAsync("create_request", Given.Call, Given.Token)).IsError);
        Assert.Contains("search_users", (await rig.App.Rpc.ListAsync(Given.Token)).ToolNames);
    }

    [Fact]
    public async Task A_client_that_hangs_up_counts_for_what_its_search_comes_to()
    {
        var arrived = new SemaphoreSlim(0);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var rig = await SearchRig.StartAsync();
        await rig.App.Rpc.ListAsync(Given.Token);
        rig.Serve(async context =>
        {
            arrived.Release();
            await gate.Task;
            context.Response.StatusCode = 500;
        });
        using var hangUp = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 5).Select(_ => rig.App.Http.SendAsync(Call(), hangUp.Token)).ToList();
        foreach (var _ in calls)
        {
            await arrived.WaitAsync();
        }

        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(calls));
        gate.SetResult();
        await Eventually.TrueAsync(() => rig.App.Log.Of(Opened).Any(), "five abandoned searches that failed open the breaker");
        arrived.Dispose();
    }

    private static HttpRequestMessage Call()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_users","arguments":{"query":"x"}}}""",
                System.Text.Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Given.Token}");
        return request;
    }

    private static async Task FailAsync(SearchRig rig, int times)
    {
        foreach (var _ in Enumerable.Range(0, times))
        {
            await rig.AssertFailsAsync();
        }
    }
}
