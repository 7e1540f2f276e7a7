using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.HostileApi;

/// <summary>Servers that do not keep to HTTP, or to an answer that they began.</summary>
public sealed class HostileApiConnectionTests
{
    private const string Chunked = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

    [Theory]
    [InlineData("220 mail.example.org ESMTP\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno header at all\r\n\r\n{}")]
    [InlineData(
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
    )]
    [InlineData(Chunked + "-5\r\n{}\r\n0\r\n\r\n")]
    [InlineData(Chunked + "FFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")]
    [InlineData(Chunked + "2\r\n{}XX\r\n0\r\n\r\n")]
    public async Task An_answer_that_is_no_HTTP_is_malformed_and_not_asked_for_again(string answer)
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(answer);
            await connection.HoldAsync();
        });
        await using var app = await HostileApiApp.StartAsync(api.Url);
        await HostileApiApp.AssertFallsBackAsync(app, "malformed", "its answer is not valid HTTP");
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task Endless_headers_are_cut_off()
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n");
            while (true)
            {
                await connection.SendAsync($"X-Filler: {new string('x', 1_000)}\r\n");
            }
        });
        await using var app = await HostileApiApp.StartAsync(api.Url);
        await HostileApiApp.AssertFallsBackAsync(app, "malformed", "its answer is not valid HTTP");
        Assert.Single(api.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")]
    public async Task Endless_provisional_answers_end_with_the_time_limit(string provisional)
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            while (true)
            {
                await connection.SendAsync(provisional);
                await Task.Delay(5);
            }
        });
        await using var app = await HostileApiApp.StartAsync(api.Url, timeoutSeconds: 1);
        await HostileApiApp.AssertFallsBackAsync(app, "unavailable", "it did not answer within 1 s");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX-Slow: ", "x")]
    public async Task A_trickling_answer_ends_with_the_time_limit(string start, string drop)
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(start);
            while (true)
            {
                await connection.SendAsync(drop);
                await Task.Delay(20);
            }
        });
        await using var app = await HostileApiApp.StartAsync(api.Url, timeoutSeconds: 1);
        await HostileApiApp.AssertFallsBackAsync(app, "unavailable", "it did not answer within 1 s");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"fieldList\":[", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"fieldList\":[", false)]
    [InlineData(Chunked + "e\r\n{\"fieldList\":[\r\n", true)]
    [InlineData(Chunked + "e\r\n{\"fieldList\":[\r\n", false)]
    [InlineData(Chunked + "10\r\n{\"fieldList\":[]}\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", false)]
    public async Task A_connection_lost_in_the_middle_twice_is_unavailable(string begun, bool reset)
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(begun);
            if (reset)
            {
                connection.Reset();
            }
        });
        await using var app = await HostileApiApp.StartAsync(api.Url);
        await HostileApiApp.AssertFallsBackAsync(app, "unavailable", "the connection was lost");
        Assert.Equal(2, api.Connections);
    }

    [Fact]
    public async Task A_second_answer_sent_behind_the_first_reaches_no_other_caller()
    {
        await using var api = new RawApi(async connection =>
        {
            while (true)
            {
                var request = await connection.ReadRequestAsync();
                var own = request.Contains(Given.Token, StringComparison.Ordinal) ? "mine" : "yours";
                await connection.SendAsync(
                    RawApi.Json($$"""{"fieldList":[{"paramName":"{{own}}"}]}""")
                        + RawApi.Json("""{"fieldList":[{"paramName":"smuggled"}]}""")
                );
            }
        });
        await using var app = await HostileApiApp.StartAsync(api.Url);
        Assert.Contains("mine", (await app.Rpc.ListAsync(Given.Token)).Body, StringComparison.Ordinal);
        var others = (await app.Rpc.ListAsync(Given.OtherToken)).Body;
        Assert.Contains("yours", others, StringComparison.Ordinal);
        Assert.DoesNotContain("smuggled", others, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_a_submission_that_is_no_HTTP_leaves_its_outcome_unknown()
    {
        await using var api = new RawApi(async connection =>
        {
            var request = await connection.ReadRequestAsync();
            if (request.StartsWith("GET", StringComparison.Ordinal))
            {
                await connection.SendAsync(RawApi.Json(Given.Form));
                await connection.ReadRequestAsync();
            }

            await connection.SendAsync("220 mail.example.org ESMTP\r\n");
            await connection.HoldAsync();
        });
        await using var app = await WatchedApp.StartAsync(api.Settings);
        var call = await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.Equal("submission_outcome_unknown", call.ErrorCode);
        Assert.Contains("its answer is not valid HTTP", call.Text, StringComparison.Ordinal);
        Assert.Equal(1, api.Posts);
    }
}
