using System.Net;
using McpFunctionApp.Tests.Endpoint;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Messages;

public sealed class RequestMetaTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    private const string Version = "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"";
    private const string Capabilities = "\"io.modelcontextprotocol/clientCapabilities\":{}";

    [Theory]
    [InlineData("")]
    [InlineData(Version)]
    [InlineData(Capabilities)]
    [InlineData(Version + ",\"io.modelcontextprotocol/clientcapabilities\":{}")]
    public async Task Metadata_without_one_of_its_two_members_is_400_and_minus_32602(string meta) =>
        Wire.IsError(await SendAsync($$""" "_meta":{ {{meta}} } """), 400, -32602, "7");

    [Theory]
    [InlineData("")]
    [InlineData("\"_meta\":null")]
    [InlineData("\"_meta\":[]")]
    [InlineData("\"_meta\":\"x\"")]
    public async Task Params_without_metadata_are_400_and_minus_32602(string members) =>
        Wire.IsError(await SendAsync(members), 400, -32602, "7");

    [Fact]
    public async Task A_request_without_params_is_400_and_minus_32602() =>
        Wire.IsError(
            await fixture.Rpc.PostAsync("""{"jsonrpc":"2.0","id":7,"method":"tools/list"}""", null, Wire.Headers("tools/list")),
            400,
            -32602,
            "7"
        );

    [Theory]
    [InlineData(Version + ",\"io.modelcontextprotocol/clientCapabilities\":null")]
    [InlineData(Version + ",\"io.modelcontextprotocol/clientCapabilities\":[]")]
    [InlineData(Version + ",\"io.modelcontextprotocol/clientCapabilities\":\"all\"")]
    [InlineData("\"io.modelcontextprotocol/protocolVersion\":20260728," + Capabilities)]
    [InlineData("\"io.modelcontextprotocol/protocolVersion\":null," + Capabilities)]
    [InlineData(Version + "," + Capabilities + ",\"io.modelcontextprotocol/clientInfo\":\"me\"")]
    [InlineData(Version + "," + Capabilities + ",\"io.modelcontextprotocol/clientInfo\":{}")]
    [InlineData(Version + ",\"io.modelcontextprotocol/clientCapabilities\":{\"roots\":5}")]
    [InlineData(Version + ",\"io.modelcontextprotocol/clientCapabilities\":{\"sampling\":true}")]
    [InlineData(Version + ",\"io.modelcontextprotocol/clientCapabilities\":{\"roots\":{\"listChanged\":\"yes\"}}")]
    [InlineData(
        Version + "," + Capabilities + ",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"t\",\"version\":\"1\",\"icons\":5}"
    )]
    [InlineData(Version + "," + Capabilities + ",\"io.modelcontextprotocol/logLevel\":\"loud\"")]
    [InlineData(Version + "," + Capabilities + ",\"io.modelcontextprotocol/logLevel\":1")]
    public async Task Metadata_of_a_wrong_type_is_400_and_minus_32602(string meta) =>
        Wire.IsError(await SendAsync($$""" "_meta":{ {{meta}} } """), 400, -32602, "7");

    [Theory]
    [InlineData(Version + "," + Capabilities)]
    [InlineData(
        Version + ",\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{},\"sampling\":{},\"new\":{\"x\":[1]}}"
    )]
    [InlineData(Version + "," + Capabilities + ",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"t\",\"version\":\"1\"}")]
    [InlineData(
        Version
            + ","
            + Capabilities
            + ",\"io.modelcontextprotocol/logLevel\":\"debug\",\"progressToken\":\"p\",\"example.com/own\":{\"x\":1}"
    )]
    public async Task Client_info_is_optional_and_more_is_let_be(string meta)
    {
        var answer = await SendAsync($$""" "_meta":{ {{meta}} } """);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("add", answer.ToolNames);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2025-11-25")]
    [InlineData("2025-03-26")]
    public async Task A_header_that_is_missing_or_another_than_the_metadatas_version_is_400_and_minus_32020(string? header)
    {
        (string, string)[] headers = header is null ? [] : [("MCP-Protocol-Version", header)];
        Wire.IsError(
            await fixture.Rpc.PostAsync(
                Wire.Body("tools/list", null, true, "7"),
                null,
                [.. headers, ("Mcp-Method", "tools/list")]
            ),
            400,
            -32020,
            "7"
        );
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-29")]
    [InlineData("")]
    public async Task A_version_in_the_metadata_another_than_the_headers_is_400_and_minus_32020(string declared) =>
        Wire.IsError(
            await SendAsync($$""" "_meta":{"io.modelcontextprotocol/protocolVersion":"{{declared}}",{{Capabilities}}} """),
            400,
            -32020,
            "7"
        );

    [Fact]
    public async Task An_unknown_version_in_both_is_400_and_minus_32022_with_what_there_is()
    {
        var answer = await fixture.Rpc.PostAsync(
            Wire.Body(
                "tools/list",
                $$""" "_meta":{"io.modelcontextprotocol/protocolVersion":"2099-01-01",{{Capabilities}}} """,
                id: "7"
            ),
            null,
            ("MCP-Protocol-Version", "2099-01-01"),
            ("Mcp-Method", "tools/list")
        );
        Wire.IsError(answer, 400, -32022, "7");
        Assert.Equal("""{"supported":["2026-07-28"],"requested":"2099-01-01"}""", answer.Error["data"]!.ToJsonString());
    }

    [Fact]
    public async Task An_unknown_version_in_the_header_alone_is_400_and_minus_32022_with_what_there_is()
    {
        var answer = await fixture.Rpc.PostAsync(
            Wire.Body("tools/list", "", id: "7"),
            null,
            ("MCP-Protocol-Version", "2099-01-01")
        );
        Wire.IsError(answer, 400, -32022, "7");
        Assert.Contains("2026-07-28", answer.Error["data"]!["supported"]!.AsArray().Select(version => (string)version!));
        Assert.Equal("2099-01-01", (string?)answer.Error["data"]!["requested"]);
    }

    [Fact]
    public async Task Metadata_alone_does_not_make_a_handshake_revision_one_of_2026_07_28()
    {
        var answer = await fixture.Rpc.SendAsync("tools/list", false, $$""" "_meta":{ {{Capabilities}},"progressToken":1} """);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.False(answer.Result.AsObject().ContainsKey("resultType"));
    }

    private Task<RpcAnswer> SendAsync(string members) =>
        fixture.Rpc.PostAsync(Wire.Body("tools/list", members, id: "7"), null, Wire.Headers("tools/list"));
}
