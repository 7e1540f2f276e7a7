using System.Globalization;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Search;

/// <summary>How often Elasticsearch is asked: one retry, five seconds in all, and nothing while it keeps failing.</summary>
public sealed class SearchPatienceTests
{
    private const int Opened = 7001;
    private const int Closed = 7002;

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task An_overloaded_server_is_asked_once_more(int status)
    {
        await using var rig = await SearchRig.StartAsync();
        rig.Serve(context =>
            FakeFormApi.Json(context, rig.Sent == 1 ? "" : SearchRig.Result(1, SearchRig.Hit), rig.Sent == 1 ? status : 200)
        );
        Assert.False((await rig.SearchAsync()).IsError);
        Assert.Equal(2, rig.Sent);
        Assert.Empty(rig.Warnings);

        rig.Serve("", status);
        await rig.AssertFailsAsync();
        Assert.Equal(4, rig.Sent);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("4")]
    [InlineData("date")]
    public async Task The_retry_waits_for_as_long_as_the_server_asks(string retryAfter)
    {
        await using var rig = await SearchRig.StartAsync();
        rig.Serve(
            Busy(
                retryAfter == "date"
                    ? rig.Clock.GetUtcNow().AddSeconds(2).ToString("R", CultureInfo.InvariantCulture)
                    : retryAfter
            )
        );
        await rig.AssertFailsAsync();
        Assert.Equal(2, rig.Sent);
        Assert.Contains(TimeSpan.FromSeconds(retryAfter == "4" ? 4 : 2), rig.Clock.Waits);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("3600")]
    public async Task A_wait_beyond_the_limit_is_not_begun(string retryAfter)
    {
        await using var rig = await SearchRig.StartAsync();
        rig.Serve(Busy(retryAfter));
        await rig.AssertFailsAsync();
        Assert.Equal(1, rig.Sent);
    }

    [Fact]
    public async Task A_wait_is_not_begun_where_the_answer_has_used_up_its_time()
    {
        await using var rig = await SearchRig.StartAsync();
        rig.Serve(context =>
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(3));
            return Busy("2")(context);
        });
        await rig.AssertFailsAsync();
        Assert.Equal(1, rig.Sent);
    }

    [Fact]
    public async Task A_server_that_never_answers_costs_five_seconds_and_no_retry()
    {
        await using var raw = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.HoldAsync();
        });
        await using var rig = await SearchRig.StartAsync(elasticUrl: raw.Url);
        var search = rig.AssertFailsAsync();
        await Eventually.TrueAsync(() => raw.Requests.Count == 1, "the search is under way");
        rig.Clock.ReachLimit();
        Assert.Contains("within 5 s", (await search).Text, StringComparison.Ordinal);
        Assert.Single(raw.Requests);
    }

    [Fact]
    public async Task The_limit_covers_the_body_and_the_retry()
    {
        await using var raw = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(
                connection.Number == 1
                    ? "HTTP/1.1 503 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    : RawApi.Json(SearchRig.Result(1, SearchRig.Hit))[..^5]
            );
            if (connection.Number > 1)
            {
                await connection.HoldAsync();
            }
        });
        await using var rig = await SearchRig.StartAsync(elasticUrl: raw.Url);
        var search = rig.AssertFailsAsync();
        await Eventually.TrueAsync(() => raw.Requests.Count == 2, "the retry is under way");
        Assert.False(search.IsCompleted);
        rig.Clock.ReachLimit();
        Assert.Contains("within 5 s", (await search).Text, StringComparison.Ordinal);
    }

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

    private static RequestDelegate Busy(string retryAfter) =>
        context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        };
}
