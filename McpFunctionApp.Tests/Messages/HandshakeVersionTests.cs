using System.Net;
using McpFunctionApp.Tests.Endpoint;

namespace McpFunctionApp.Tests.Messages;

public sealed class HandshakeVersionTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    public static TheoryData<string> Revisions { get; } = new("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Each_revision_is_served_from_handshake_to_call(string revision)
    {
        (string, string)[] header = [("MCP-Protocol-Version", revision)];
        var initialize = await fixture.Rpc.PostAsync(
            Wire.Body(
                "initialize",
                $$""" "protocolVersion":"{{revision}}","capabilities":{},"clientInfo":{"name":"t","version":"1"} """
            )
        );
        Assert.Equal(revision, (string?)initialize.Result["protocolVersion"]);
        var initialized = await fixture.Rpc.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", null, header);
        Assert.Equal(HttpStatusCode.Accepted, initialized.Status);
        Assert.Equal("", initialized.Body);
        var ping = await fixture.Rpc.PostAsync(Wire.Body("ping"), null, header);
        Assert.Equal("""{"result":{},"id":1,"jsonrpc":"2.0"}""", ping.Body);
        var list = await fixture.Rpc.PostAsync(Wire.Body("tools/list"), EndpointApp.Token, header);
        Assert.Equal(["add", "echo", "multiply", "create_request", "draft_create_request"], list.ToolNames);
        var call = await fixture.Rpc.PostAsync(Wire.Body("tools/call"), null, header);
        Assert.Equal("3", call.Text);
        Assert.Equal("""{"result":3}""", call.Result["structuredContent"]!.ToJsonString());
    }

    [Theory]
    [InlineData("2025-03-27")]
    [InlineData("2099-01-01")]
    [InlineData("1")]
    [InlineData("DRAFT-2026-v1")]
    [InlineData("2025-06-18, 2025-11-25")]
    public async Task An_unknown_version_in_the_header_is_400_and_says_which_there_are(string version)
    {
        foreach (var method in new[] { "tools/list", "initialize", "ping" })
        {
            var answer = await fixture.Rpc.PostAsync(Wire.Body(method, id: "7"), null, ("MCP-Protocol-Version", version));
            Wire.IsError(answer, 400, -32022, "7");
            Assert.Equal(
                """["2024-11-05","2025-03-26","2025-06-18","2025-11-25","2026-07-28"]""",
                answer.Error["data"]!["supported"]!.ToJsonString()
            );
            Assert.Equal(version, (string?)answer.Error["data"]!["requested"]);
        }
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""")]
    public async Task An_unknown_version_is_400_for_notifications_and_responses_too(string body) =>
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await fixture.Rpc.PostAsync(body, null, ("MCP-Protocol-Version", "1999-01-01"))).Status
        );

    [Fact]
    public async Task Without_the_header_it_is_2025_03_26()
    {
        // The core names the revision it was told where a method is too new for it.
        var answer = await fixture.Rpc.SendAsync("server/discover", false, "");
        Wire.IsError(answer, 200, -32601, "1");
        Assert.Contains("2025-03-26", (string?)answer.Error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_headers_name_ignores_case_and_white_space_around_its_value_is_nothing()
    {
        var answer = await fixture.Rpc.PostAsync(Wire.Body("tools/list"), null, ("mcp-PROTOCOL-version", "  2025-06-18 "));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task JSON_RPC_errors_are_HTTP_200(string revision)
    {
        foreach (
            var (method, code) in new[]
            {
                ("no/such/method", -32601),
                ("resources/read", -32602),
                ("prompts/get", -32602),
                ("server/discover", -32601),
                ("subscriptions/listen", -32601),
            }
        )
        {
            Wire.IsError(
                await fixture.Rpc.PostAsync(Wire.Body(method, id: "7"), null, ("MCP-Protocol-Version", revision)),
                200,
                code,
                "7"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task A_log_level_can_be_set(string revision)
    {
        foreach (var level in new[] { "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency" })
        {
            var answer = await fixture.Rpc.PostAsync(
                Wire.Body("logging/setLevel", $"\"level\":\"{level}\""),
                null,
                ("MCP-Protocol-Version", revision)
            );
            Assert.Equal("{}", answer.Result.ToJsonString());
        }
    }
}
