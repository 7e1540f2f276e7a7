using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>Text in an answer is escaped no more than JSON asks for: each escape costs up to six bytes, and twelve within text
/// that is JSON itself.</summary>
public sealed class FewEscapesTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    private const string Odd = "\"'<>&+`\\ \u00e9 \u4e2d \u0001";

    [Theory]
    [InlineData("")]
    [InlineData(",\"odd\":1")]
    public async Task A_call_and_an_error_write_characters_as_they_are(string more)
    {
        var message = JsonSerializer.Serialize(Odd);
        var answer = await fixture.Rpc.PostAsync(
            $$$"""{"jsonrpc":"2.0","id":{{{message}}}"""
                + $$$""","method":"tools/call","params":{"name":"echo","arguments":{"message":{{{message}}}}{{{more}}}}}"""
        );
        Assert.Equal($"Echo: {Odd}", (string?)answer.Json["result"]!["structuredContent"]!["message"]);
        Assert.Equal(Odd, (string?)answer.Json["id"]);
        AssertFewEscapes(answer.Body, 3);
        AssertFewEscapes((await fixture.Rpc.PostAsync($$"""{"jsonrpc":"1.0","id":{{message}}}""")).Body, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_writes_characters_as_they_are(bool perRequest)
    {
        fixture.Api.ServeByToken(_ =>
            """{"name":"It's <b> \"quoted\" & \u00e9","paramName":"subject","type":"DropDownFieldRest","options":["a's """
            + """\"b\" <c>"]}"""
        );
        foreach (
            var parameters in new JsonObject[]
            {
                [],
                new() { ["odd"] = 1 },
            }
        )
        {
            var answer = perRequest
                ? await fixture.Rpc.PerRequestAsync("tools/list", parameters, "a-token-for-quoted-options")
                : await fixture.Rpc.RequestAsync("tools/list", parameters, "a-token-for-quoted-options");
            Assert.Contains("""a's \"b\" <c>""", answer.Body, StringComparison.Ordinal);
            AssertFewEscapes(answer.Body, 0);
        }
    }

    [Fact]
    public async Task Echo_takes_8192_characters_and_says_so()
    {
        var echo = (await fixture.Rpc.ListAsync()).Json["result"]!["tools"]!
            .AsArray()
            .Single(tool => (string?)tool!["name"] == "echo")!;
        Assert.Equal(8_192, (int)echo["inputSchema"]!["properties"]!["message"]!["maxLength"]!);
        Assert.False((await CallEchoAsync(8_192)).IsError);
        var refused = await CallEchoAsync(8_193);
        Assert.Equal("invalid_arguments", refused.ErrorCode);
        Assert.Contains("at most 8192", refused.Text, StringComparison.Ordinal);
    }

    private Task<RpcAnswer> CallEchoAsync(int length) =>
        fixture.Rpc.CallAsync("echo", $$"""{"message":"{{string.Concat(Enumerable.Repeat("\\\"", length))}}"}""");

    private static void AssertFewEscapes(string body, int controls) =>
        Assert.Equal(controls, System.Text.RegularExpressions.Regex.Count(body, @"\\u[0-9a-fA-F]{4}"));
}
