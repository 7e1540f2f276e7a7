using McpFunctionApp.Tests.Endpoint;

namespace McpFunctionApp.Tests.Messages;

public sealed class ParameterTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData("[]")]
    [InlineData("""["tools/list"]""")]
    [InlineData("1")]
    [InlineData("\"x\"")]
    [InlineData("true")]
    public async Task Params_that_are_no_object_are_minus_32602_with_the_id(string parameters)
    {
        foreach (var method in new[] { "tools/list", "tools/call", "ping", "initialize", "resources/read", "no/such/method" })
        {
            var body = $$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{parameters}}}""";
            Wire.IsError(await fixture.Rpc.PostAsync(body), 200, -32602, "7");

            // In 2026-07-28 they also are params without the metadata that has to be there.
            Wire.IsError(await fixture.Rpc.PostAsync(body, null, Wire.Headers(method)), 400, -32602, "7");
        }
    }

    [Theory]
    [InlineData("tools/call", "")]
    [InlineData("tools/call", """ "name":1 """)]
    [InlineData("tools/call", """ "name":null """)]
    [InlineData("tools/call", """ "name":["add"] """)]
    [InlineData("tools/call", """ "Name":"add" """)]
    [InlineData("tools/call", """ "name":"add","arguments":[] """)]
    [InlineData("tools/call", """ "name":"add","arguments":"{}" """)]
    [InlineData("tools/call", """ "name":"add","arguments":5 """)]
    [InlineData("prompts/get", "")]
    [InlineData("prompts/get", """ "name":1 """)]
    [InlineData("prompts/get", """ "name":"nothing","arguments":[] """)]
    [InlineData("resources/read", "")]
    [InlineData("resources/read", """ "uri":1 """)]
    [InlineData("tools/list", """ "cursor":1 """)]
    [InlineData("tools/list", """ "cursor":{} """)]
    [InlineData("tools/list", """ "cursor":"somewhere" """)]
    [InlineData("prompts/list", """ "cursor":1 """)]
    [InlineData("resources/list", """ "cursor":false """)]
    [InlineData("resources/templates/list", """ "cursor":[] """)]
    [InlineData("completion/complete", "")]
    [InlineData(
        "completion/complete",
        """ "ref":{"type":"ref/resource","uri":"test://{a}"},"Argument":{"name":"a","value":""} """
    )]
    [InlineData("completion/complete", """ "ref":1,"argument":{"name":"a","value":"b"} """)]
    [InlineData("completion/complete", """ "ref":{"type":"nonsense"},"argument":{"name":"a","value":"b"} """)]
    [InlineData("completion/complete", """ "ref":{"type":"ref/prompt","name":"x"} """)]
    [InlineData("completion/complete", """ "ref":{"type":"ref/prompt","name":"x"},"argument":{"name":"a","value":1} """)]
    public async Task Malformed_parameters_are_minus_32602_in_both_eras_and_never_an_internal_error(string method, string members)
    {
        Wire.IsError(await fixture.Rpc.SendAsync(method, false, members, id: "7"), 200, -32602, "7");
        Wire.IsError(await fixture.Rpc.SendAsync(method, true, members, id: "7"), 200, -32602, "7");
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"initialize"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"resources/read"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"prompts/get"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"completion/complete"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"logging/setLevel"}""")]
    public async Task Params_that_a_method_needs_and_that_are_missing_are_minus_32602(string body) =>
        Wire.IsError(await fixture.Rpc.PostAsync(body), 200, -32602, "7");

    [Theory]
    [InlineData("logging/setLevel", "")]
    [InlineData("logging/setLevel", """ "level":1 """)]
    [InlineData("logging/setLevel", """ "level":"loud" """)]
    [InlineData("tools/list", """ "_meta":1 """)]
    [InlineData("tools/list", """ "_meta":[] """)]
    [InlineData("tools/call", """ "name":"add","arguments":{"a":1,"b":2},"_meta":"x" """)]
    [InlineData("ping", """ "_meta":false """)]
    public async Task Malformed_parameters_of_the_handshake_revisions_are_minus_32602(string method, string members) =>
        Wire.IsError(await fixture.Rpc.SendAsync(method, false, members, id: "7"), 200, -32602, "7");

    [Theory]
    [InlineData(""" "_meta":{"progressToken":{}} """)]
    [InlineData(""" "_meta":{"progressToken":true} """)]
    [InlineData(""" "_meta":{"progressToken":null} """)]
    public async Task A_progress_token_of_a_wrong_type_never_is_an_internal_error(string members)
    {
        var answer = await fixture.Rpc.SendAsync(
            "tools/call",
            false,
            $$""" "name":"add","arguments":{"a":1,"b":2},{{members}} """
        );
        Assert.DoesNotContain("-32603", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("An error occurred", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tools/list")]
    [InlineData("prompts/list")]
    [InlineData("resources/list")]
    [InlineData("resources/templates/list")]
    public async Task A_list_needs_no_params_and_takes_an_empty_cursor_for_none(string method)
    {
        var bare = await fixture.Rpc.PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}"}""");
        var empty = await fixture.Rpc.SendAsync(method, false, "\"cursor\":\"\"");
        Assert.NotNull(bare.Result);
        Assert.Equal(bare.Body, empty.Body);
        Assert.False(bare.Result.AsObject().ContainsKey("nextCursor"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bad_arguments_of_a_tool_are_a_result_with_isError_and_no_protocol_error(bool perRequest)
    {
        foreach (var arguments in new[] { "{}", """{"a":"x","b":2}""", """{"a":1,"b":2,"c":3}""", """{"a":null,"b":2}""" })
        {
            var answer = await fixture.Rpc.SendAsync("tools/call", perRequest, $""" "name":"add","arguments":{arguments} """);
            Assert.Equal(200, (int)answer.Status);
            Assert.True(answer.IsError, answer.Body);
            Assert.Equal("invalid_arguments", answer.ErrorCode);
            Assert.False(answer.Result.AsObject().ContainsKey("structuredContent"));
            Assert.False(answer.Json.AsObject().ContainsKey("error"));
        }
    }

    [Fact]
    public async Task A_call_without_arguments_is_one_with_no_arguments()
    {
        var answer = await fixture.Rpc.SendAsync("tools/call", false, "\"name\":\"add\"");
        Assert.Equal("invalid_arguments", answer.ErrorCode);
    }

    [Theory]
    [InlineData("tools/list", "null")]
    [InlineData("tools/list", """{"cursor":null}""")]
    [InlineData("tools/list", """{"_meta":null}""")]
    [InlineData("tools/list", """{"cursor":null,"_meta":null}""")]
    [InlineData("tools/list", """{"cursor":null,"x":null}""")]
    [InlineData("prompts/list", "null")]
    [InlineData("resources/list", """{"cursor":null}""")]
    [InlineData("resources/templates/list", """{"cursor":null,"_meta":null}""")]
    [InlineData("ping", "null")]
    [InlineData("ping", """{"_meta":null}""")]
    public async Task Null_is_as_if_absent_in_the_handshake_revisions(string method, string parameters)
    {
        foreach (var revision in new[] { null, "2024-11-05", "2025-11-25" })
        {
            var headers = revision is null ? Array.Empty<(string, string)>() : [("MCP-Protocol-Version", revision)];
            var expected = await fixture.Rpc.PostAsync($$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}"}""", null, headers);
            var body = $$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{parameters}}}""";
            var answer = await fixture.Rpc.PostAsync(body, null, headers);
            Assert.NotNull(answer.Result);
            Assert.Equal(expected.Body, answer.Body);
        }
    }

    [Fact]
    public async Task A_call_with_null_for_arguments_and_meta_is_one_without_them()
    {
        var without = await fixture.Rpc.SendAsync("tools/call", false, """ "name":"add","arguments":null """);
        Assert.Equal("invalid_arguments", without.ErrorCode);
        var call = await fixture.Rpc.SendAsync("tools/call", false, """ "name":"add","arguments":{"a":1,"b":2},"_meta":null """);
        Assert.Equal("3", call.Text);
        Assert.Equal(-32602, (await fixture.Rpc.SendAsync("prompts/get", false, """ "name":"nothing","arguments":null """)).Code);
    }

    [Theory]
    [InlineData("tools/call", "null")]
    [InlineData("initialize", "null")]
    [InlineData("resources/read", """{"uri":null}""")]
    public async Task Null_does_not_stand_for_what_is_required(string method, string parameters) =>
        Wire.IsError(
            await fixture.Rpc.PostAsync($$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{parameters}}}"""),
            200,
            -32602,
            "7"
        );

    [Fact]
    public async Task A_notification_with_null_for_params_is_202() =>
        Assert.Equal(
            System.Net.HttpStatusCode.Accepted,
            (await fixture.Rpc.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized","params":null}""")).Status
        );

    [Theory]
    [InlineData("tools/list", """ "cursor":null """, 200)]
    [InlineData("tools/call", """ "name":"add","arguments":null """, 200)]
    public async Task Revision_2026_07_28_takes_null_for_nothing(string method, string members, int status) =>
        Wire.IsError(await fixture.Rpc.SendAsync(method, true, members, id: "7"), status, -32602, "7");

    [Fact]
    public async Task Params_that_are_null_lack_the_metadata_of_2026_07_28()
    {
        var body = """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":null}""";
        Wire.IsError(await fixture.Rpc.PostAsync(body, null, Wire.Headers("tools/list")), 400, -32602, "7");
    }
}
