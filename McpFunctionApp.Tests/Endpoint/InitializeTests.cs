using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Endpoint;

public sealed class InitializeTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2026-07-28", "2025-11-25")]
    [InlineData("2099-01-01", "2025-11-25")]
    [InlineData("1.0", "2025-11-25")]
    [InlineData("", "2025-11-25")]
    public async Task A_supported_version_is_echoed_and_else_the_newest_with_a_handshake_is_offered(string asked, string offered)
    {
        var answer = await fixture.Rpc.SendAsync(
            "initialize",
            false,
            $$""" "protocolVersion":"{{asked}}","capabilities":{},"clientInfo":{"name":"t","version":"1"} """
        );
        Assert.Equal(200, (int)answer.Status);
        Assert.Equal(offered, (string?)answer.Result["protocolVersion"]);
        Assert.Equal("mcp-function-app", (string?)answer.Result["serverInfo"]!["name"]);
        Assert.Matches(@"^\d+\.\d+\.\d+", (string?)answer.Result["serverInfo"]!["version"]);
        Assert.NotEmpty((string)answer.Result["instructions"]!);
    }

    [Theory]
    [InlineData("2025-11-25", "2024-11-05")]
    [InlineData("2024-11-05", "2025-06-18")]
    public async Task The_version_asked_for_in_the_handshake_counts_and_not_the_headers(string header, string asked)
    {
        var answer = await fixture.Rpc.PostAsync(
            Wire.Body(
                "initialize",
                $$""" "protocolVersion":"{{asked}}","capabilities":{},"clientInfo":{"name":"t","version":"1"} """
            ),
            null,
            ("MCP-Protocol-Version", header)
        );
        Assert.Equal(asked, (string?)answer.Result["protocolVersion"]);
    }

    [Theory]
    [InlineData(""" "capabilities":{},"clientInfo":{"name":"t","version":"1"} """)]
    [InlineData(""" "protocolVersion":1,"capabilities":{},"clientInfo":{"name":"t","version":"1"} """)]
    [InlineData(""" "protocolVersion":null,"capabilities":{},"clientInfo":{"name":"t","version":"1"} """)]
    [InlineData(""" "protocolVersion":"2025-11-25","capabilities":[],"clientInfo":{"name":"t","version":"1"} """)]
    [InlineData(""" "protocolVersion":"2025-11-25","capabilities":null,"clientInfo":{"name":"t","version":"1"} """)]
    [InlineData(""" "protocolVersion":"2025-11-25","capabilities":{"roots":1},"clientInfo":{"name":"t","version":"1"} """)]
    [InlineData(""" "protocolVersion":"2025-11-25","capabilities":{} """)]
    [InlineData(""" "protocolVersion":"2025-11-25","capabilities":{},"clientInfo":null """)]
    [InlineData(""" "protocolVersion":"2025-11-25","capabilities":{},"clientInfo":"t" """)]
    [InlineData(""" "protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{} """)]
    [InlineData(""" "protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t"} """)]
    [InlineData(""" "protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":1,"version":"1"} """)]
    [InlineData("")]
    public async Task A_malformed_handshake_is_minus_32602(string members) =>
        Wire.IsError(await fixture.Rpc.SendAsync("initialize", false, members, id: "7"), 200, -32602, "7");

    [Theory]
    [InlineData(
        """ "protocolVersion":"2025-11-25","capabilities":{"roots":{"listChanged":true},"sampling":{},"elicitation":{}"""
            + ""","experimental":{"x":{"y":1}},"new":{"z":[]}},"clientInfo":{"name":"t","version":"1","title":"T","new":1} """
    )]
    [InlineData(
        """ "protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"","version":""},"_meta":{"progressToken":1} """
    )]
    public async Task A_handshake_with_more_than_is_needed_is_answered(string members) =>
        Assert.Equal(
            "2025-11-25",
            (string?)(await fixture.Rpc.SendAsync("initialize", false, members)).Result["protocolVersion"]
        );

    [Fact]
    public async Task The_handshake_does_not_depend_on_the_caller_nor_ask_the_form_API()
    {
        var before = fixture.Api.Calls.Count;
        var without = await fixture.Rpc.SendAsync("initialize", false);
        var with = await fixture.Rpc.SendAsync("initialize", false, token: EndpointApp.Token);
        Assert.True(JsonNode.DeepEquals(without.Json, with.Json));
        Assert.Equal(before, fixture.Api.Calls.Count);
    }
}
