namespace McpFunctionApp.Tests.Hostile;

public sealed class BadFramingTests(HostileApp fixture) : IClassFixture<HostileApp>
{
    [Theory]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Content-Length: 2, 2")]
    [InlineData("Content-Length: 0x2")]
    [InlineData("Content-Length: 2\r\nContent-Length: 3")]
    [InlineData("Transfer-Encoding: gzip")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    [InlineData("Content-Length : 2")]
    [InlineData("Content-Length: 2\r\n folded")]
    [InlineData("Content-Length: 2\r\nHost: other")]
    [InlineData("Content-Length: 2\r\nX\0Y: 1")]
    [InlineData("Content-Length: 2\r\n: 1")]
    public async Task A_head_that_is_no_HTTP_is_400_and_the_connection_ends(string framing)
    {
        using var caller = await fixture.ConnectAsync();
        await caller.SendAsync($"{HostileApp.Head(framing)}{{}}");
        Assert.Equal(400, (await caller.ReadAsync())!.Status);
        Assert.Null(await caller.ReadAsync());
        await fixture.ServesAsync();
    }

    [Theory]
    [InlineData("zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("-2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("fffffffffffffffff\r\n{}")]
    [InlineData("2\r\n{}0\r\n\r\n")]
    [InlineData("\r\n\r\n\r\n")]
    [InlineData("2;\n{}\r\n0\r\n\r\n")]
    public async Task A_badly_chunked_body_is_400_with_a_clear_answer(string body)
    {
        var answer = (await fixture.AnswerAsync($"{HostileApp.Head("Transfer-Encoding: chunked")}{body}"))!;
        Assert.Equal(400, answer.Status);
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("id").ValueKind);
        Assert.NotEmpty(answer.Json.GetProperty("error").GetProperty("message").GetString()!);
        await fixture.ServesAsync();
    }

    [Theory]
    [InlineData("\0\0\0\0\r\n\r\n")]
    [InlineData("\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\r\n\r\n")]
    [InlineData("POST /mcp HTTP/9.9\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST /mcp HTTP/1.1\r\n\r\n")]
    [InlineData("POST  /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST /m\0cp HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST /%ZZ/%00/mcp HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST http:/// HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("CONNECT localhost:1 HTTP/1.1\r\nHost: localhost:1\r\n\r\n")]
    [InlineData("POST /mcp HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("POST /mcp HTTP/1.1\r\nHost: [::g]\r\n\r\n")]
    [InlineData("POST /mcp HTTP/1.1\r\nHost: localhost:99999999\r\nContent-Length: 0\r\n\r\n")]
    public async Task What_is_no_request_of_this_protocol_is_refused_or_hung_up_on(string bytes)
    {
        using var caller = await fixture.ConnectAsync();
        await caller.SendAsync(bytes);
        caller.HalfClose();
        var answer = await caller.ReadAsync();
        Assert.True(answer is null or { Status: >= 400 and < 500 or 505 }, answer?.ToString());
        await fixture.ServesAsync();
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("TRACE")]
    [InlineData("OPTIONS")]
    [InlineData("M-SEARCH")]
    public async Task Another_method_is_405_whatever_its_body(string method)
    {
        using var caller = await fixture.ConnectAsync();
        await caller.SendAsync(
            HostileApp
                .Ping(1)
                .Replace("POST", method, StringComparison.Ordinal)
                .Replace("Authorization", "Connection: close\r\nAuthorization", StringComparison.Ordinal)
        );
        Assert.Equal(405, (await caller.ReadAsync())!.Status);
        await fixture.ServesAsync();
    }

    [Fact]
    public async Task A_client_that_waits_for_100_continue_is_told_to_go_on_or_refused_at_once()
    {
        using var caller = await fixture.ConnectAsync();
        const string Body = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";
        await caller.SendAsync(HostileApp.Head($"Expect: 100-continue\r\nContent-Length: {Body.Length}"));
        await caller.SendAsync(Body);
        Assert.Equal(200, (await caller.ReadAsync())!.Status);
        Assert.Equal(
            413,
            (await fixture.AnswerAsync(HostileApp.Head("Expect: 100-continue\r\nContent-Length: 1073741824")))!.Status
        );
    }
}
