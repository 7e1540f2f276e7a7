using System.Net;

namespace McpFunctionApp.Tests.Admission;

/// <summary>What a request takes of an allowance, and what becomes of one too many.</summary>
public sealed class RateLimitTests : LimitedAppTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_too_many_is_429_with_a_code_and_when_to_try_again(bool perRequest)
    {
        await using var app = await StartAsync(6);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Rpc.ListAsync(perRequest: perRequest)).Status);
        }

        var refused = await app.Rpc.SendAsync("tools/list", null, perRequest);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal(TimeSpan.FromSeconds(10), refused.Headers.RetryAfter!.Delta);
        Assert.Null(refused.Json["id"]);
        Assert.Equal("rate_limited", (string?)refused.Error["data"]!["code"]);
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.ListAsync(perRequest: perRequest)).Status);
    }

    [Fact]
    public async Task Forgetting_ones_forms_counts_too()
    {
        await using var app = await StartAsync(5);
        Assert.Equal(5, await CountServedAsync(app, null, 6));
        using var answer = await app.Http.DeleteAsync("/cache/me");
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(12), answer.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_body_takes_a_permit_for_each_64_KiB(bool chunked)
    {
        await using var app = await StartAsync(60);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"ping"}""".PadRight(1_000_000),
                null,
                "application/json"
            ),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.TransferEncodingChunked = chunked;
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.SendAsync(request)).Status);
        Assert.Equal(44, await CountServedAsync(app, null, 60));
    }

    [Fact]
    public async Task Zero_turns_it_off()
    {
        await using var app = await StartAsync(0);

        // More than anybody has where nothing is set.
        Assert.Equal(700, await CountServedAsync(app, null, 700));
    }
}
