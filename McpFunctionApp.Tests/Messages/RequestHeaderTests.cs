using System.Net;
using System.Text;
using McpFunctionApp.Tests.Endpoint;
using McpFunctionApp.Tests.Infrastructure;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Tests.Messages;

public sealed class RequestHeaderTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tools/call")]
    [InlineData("TOOLS/LIST")]
    [InlineData("tools/list,tools/list")]
    [InlineData("\"tools/list\"")]
    [InlineData("=?base64?dG9vbHMvY2FsbA==?=")]
    [InlineData("=?base64?!!!?=")]
    public async Task Mcp_Method_missing_or_another_than_the_bodys_is_400_and_minus_32020(string? value) =>
        Wire.IsError(await SendAsync("tools/list", value, null), 400, -32020, "7");

    [Theory]
    [InlineData("tools/list")]
    [InlineData("  tools/list\t ")]
    [InlineData("=?base64?dG9vbHMvbGlzdA==?=")]
    [InlineData("  =?base64?dG9vbHMvbGlzdA==?=  ")]
    public async Task Mcp_Method_equal_to_the_bodys_is_served_plain_or_encoded(string value) =>
        Assert.Contains("add", (await SendAsync("tools/list", value, null)).ToolNames);

    [Theory]
    [InlineData("tools/call")]
    [InlineData("prompts/get")]
    [InlineData("resources/read")]
    public async Task Mcp_Name_missing_or_another_than_the_bodys_is_400_and_minus_32020(string method)
    {
        foreach (
            var value in new[]
            {
                null,
                "",
                "another",
                "ADD",
                "NOTHING",
                "TEST://NOTHING",
                "=?base64?YW5vdGhlcg==?=",
                "=?base64?YWRk",
                "=?base64?!?=",
            }
        )
        {
            Wire.IsError(await SendAsync(method, method, value), 400, -32020, "7");
        }
    }

    [Theory]
    [InlineData("add")]
    [InlineData(" add ")]
    [InlineData("=?base64?YWRk?=")]
    [InlineData("  =?base64?YWRk?= ")]
    public async Task Mcp_Name_equal_to_the_bodys_is_served_plain_or_encoded(string value) =>
        Assert.Equal("3", (await SendAsync("tools/call", "tools/call", value)).Text);

    [Theory]
    [InlineData("bücher")]
    [InlineData(" add")]
    [InlineData("a\nb")]
    [InlineData("=?base64?YWRk?=")]
    [InlineData("😀")]
    public async Task A_name_that_no_header_can_hold_is_compared_after_decoding(string name)
    {
        var body = Wire.Body("tools/call", $"\"name\":{JsonSerializer.Serialize(name)}", true, "7");
        var encoded = $"=?base64?{Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}?=";
        var agreed = await fixture.Rpc.PostAsync(
            body,
            null,
            [.. Wire.Headers("*"), ("Mcp-Method", "tools/call"), ("Mcp-Name", encoded)]
        );

        // It agrees, and is unknown; what the SDK's own client would send agrees too.
        Wire.IsError(agreed, 200, -32602, "7");
        var sdk = await fixture.Rpc.PostAsync(
            body,
            null,
            [.. Wire.Headers("*"), ("Mcp-Method", "tools/call"), ("Mcp-Name", McpHeaderEncoder.EncodeValue(name)!)]
        );
        Wire.IsError(sdk, 200, -32602, "7");
    }

    [Fact]
    public async Task White_space_inside_an_encoded_name_counts() =>
        Wire.IsError(await SendAsync("tools/call", "tools/call", "=?base64?IGFkZA==?="), 400, -32020, "7");

    [Fact]
    public async Task Header_names_ignore_case()
    {
        var answer = await fixture.Rpc.PostAsync(
            Wire.Body("tools/call", null, true),
            null,
            ("mcp-protocol-version", "2026-07-28"),
            ("MCP-METHOD", "tools/call"),
            ("mcp-NAME", "add")
        );
        Assert.Equal("3", answer.Text);
    }

    [Fact]
    public async Task Mcp_Name_is_not_asked_for_elsewhere()
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("tools/list", "tools/list", null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("completion/complete", "completion/complete", null)).Status);
    }

    [Fact]
    public async Task Handshake_revisions_are_not_held_to_these_headers()
    {
        var answer = await fixture.Rpc.PostAsync(
            Wire.Body("tools/call"),
            null,
            ("Mcp-Method", "tools/list"),
            ("Mcp-Name", "echo")
        );
        Assert.Equal("3", answer.Text);
    }

    [Fact]
    public async Task A_notification_of_2026_07_28_needs_Mcp_Method_too()
    {
        const string Body = """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""";
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await fixture.Rpc.PostAsync(Body, null, Wire.Headers("notifications/cancelled"))).Status
        );
        Wire.IsError(await fixture.Rpc.PostAsync(Body, null, Wire.Headers("*")), 400, -32020, "null");
        Wire.IsError(await fixture.Rpc.PostAsync(Body, null, Wire.Headers("notifications/progress")), 400, -32020, "null");
    }

    private Task<RpcAnswer> SendAsync(string method, string? mcpMethod, string? mcpName)
    {
        List<(string, string)> headers = [.. Wire.Headers("*")];
        if (mcpMethod is not null)
        {
            headers.Add(("Mcp-Method", mcpMethod));
        }

        if (mcpName is not null)
        {
            headers.Add(("Mcp-Name", mcpName));
        }

        return fixture.Rpc.PostAsync(Wire.Body(method, null, true, "7"), null, [.. headers]);
    }
}
