using McpFunctionApp.Tests.Hostile;

namespace McpFunctionApp.Tests.Fuzz;

public sealed class KnownCasesTests
{
    [Theory]
    [MemberData(nameof(KnownCases.All), MemberType = typeof(KnownCases))]
    public async Task What_broke_a_rule_once_keeps_to_it_now(string raw)
    {
        await using var target = await FuzzTarget.StartAsync();
        Assert.Null(await target.TryAsync(FuzzRequest.Parse(raw)));
    }

    [Fact]
    public async Task The_rules_are_enforced()
    {
        // The same request with another id than was asked for, and an answer that never comes, are noticed.
        await using var target = await FuzzTarget.StartAsync();
        var ping = FuzzRequest.Parse(
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nContent-Type: application/json\r\nContent-Length: "
                + "40\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"
        );
        Assert.True(ping.IsClear);
        Assert.Null(await target.TryAsync(ping));
        foreach (
            var answer in new[]
            {
                Answer(500, """{"jsonrpc":"2.0","id":1,"result":{}}"""),
                Answer(200, """{"jsonrpc":"2.0","id":2,"result":{}}"""),
                Answer(200, """{"jsonrpc":"2.0","id":"1","result":{}}"""),
                Answer(200, "[]"),
                Answer(200, ""),
                Answer(202, ""),
                Answer(200, """{"jsonrpc":"2.0","id":1}"""),
                Answer(200, """{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"x"}}"""),
            }
        )
        {
            Assert.NotNull(FuzzRules.Broken(ping, answer));
        }

        Assert.Null(FuzzRules.Broken(ping, Answer(200, """{"jsonrpc":"2.0","id":1,"result":{}}""")));
    }

    private static RawAnswer Answer(int status, string body) =>
        new(
            status,
            new Dictionary<string, string> { ["Content-Type"] = "application/json" },
            System.Text.Encoding.UTF8.GetBytes(body)
        );
}
