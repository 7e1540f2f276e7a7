using System.Globalization;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Search;

/// <summary>How long Elasticsearch is waited for: one retry where it is overloaded, and five seconds in all.</summary>
public sealed class SearchRetryTests
{
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

    private static RequestDelegate Busy(string retryAfter) =>
        context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        };
}
