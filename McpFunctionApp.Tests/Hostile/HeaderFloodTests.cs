namespace McpFunctionApp.Tests.Hostile;

public sealed class HeaderFloodTests(HostileApp fixture) : IClassFixture<HostileApp>
{
    [Theory]
    [InlineData("X-{0}: {0}", 5_000, 431)]
    [InlineData("X-Same: {0}", 101, 431)]
    [InlineData("Authorization: Bearer {0}", 5_000, 431)]
    [InlineData("Mcp-Method: tools/list", 101, 431)]
    public async Task Thousands_of_headers_are_refused(string header, int count, int status)
    {
        var flood = string.Join("\r\n", Enumerable.Range(0, count).Select(n => string.Format(null, header, n)));
        Assert.Equal(
            status,
            (
                await fixture.AnswerAsync(
                    Ping().Replace("Content-Length", $"{flood}\r\nContent-Length", StringComparison.Ordinal)
                )
            )!.Status
        );
        await fixture.ServesAsync();
    }

    [Theory]
    [InlineData("Accept")]
    [InlineData("Mcp-Name")]
    [InlineData("Origin")]
    [InlineData("Authorization")]
    [InlineData("Content-Type")]
    [InlineData("MCP-Protocol-Version")]
    public async Task A_header_as_long_as_the_server_takes_is_judged_and_a_longer_one_refused(string name)
    {
        foreach (var unit in new[] { "a", "*/*,", "=?base64?", "a;q=", "\"\\\"", "Bearer ", "http://a", "é" })
        {
            var value = string.Concat(Enumerable.Repeat(unit, 30_000 / unit.Length));
            var answer = await fixture.AnswerAsync(
                Ping().Replace("Content-Length", $"{name}: {value}\r\nContent-Length", StringComparison.Ordinal)
            );
            Assert.Contains(answer!.Status, new[] { 200, 400, 403, 406, 415 });
            Assert.Equal(
                431,
                (
                    await fixture.AnswerAsync(
                        Ping().Replace("Content-Length", $"{name}: {value}{value}\r\nContent-Length", StringComparison.Ordinal)
                    )
                )!.Status
            );
        }

        await fixture.ServesAsync();
    }

    [Fact]
    public async Task An_endless_request_line_or_header_is_refused()
    {
        Assert.Equal(414, (await fixture.AnswerAsync($"POST /mcp?{new string('a', 1_000_000)}"))!.Status);
        Assert.Equal(
            431,
            (await fixture.AnswerAsync($"POST /mcp HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 1_000_000)}"))!.Status
        );
        await fixture.ServesAsync();
    }

    [Fact]
    public async Task Many_trailers_are_refused_and_no_fault_of_the_server()
    {
        var trailers = string.Concat(Enumerable.Range(0, 5_000).Select(n => $"X-{n}: {n}\r\n"));
        var answer = await fixture.AnswerAsync(
            $"{HostileApp.Head("Transfer-Encoding: chunked")}2\r\n{{}}\r\n0\r\n{trailers}\r\n"
        );
        Assert.Contains(answer!.Status, new[] { 400, 431 });
        await fixture.ServesAsync();
    }

    private static string Ping() => HostileApp.Ping(1);
}
