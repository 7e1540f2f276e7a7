using McpFunctionApp.Tests.Endpoint;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Messages;

public sealed class UnknownThingsTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData("no/such/method")]
    [InlineData("tools/LIST")]
    [InlineData("tools/list/")]
    [InlineData("tasks/get")]
    [InlineData("sampling/createMessage")]
    [InlineData("notifications/initialized")]
    public async Task An_unknown_method_is_minus_32601_and_HTTP_404_only_in_2026_07_28(string method)
    {
        Wire.IsError(await fixture.Rpc.SendAsync(method, false, id: "\"x\""), 200, -32601, "\"x\"");
        Wire.IsError(await fixture.Rpc.SendAsync(method, true, id: "\"x\""), 404, -32601, "\"x\"");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("ADD")]
    [InlineData("")]
    [InlineData(" add")]
    [InlineData("create_request_2")]
    public async Task An_unknown_tool_is_minus_32602_with_or_without_a_token(string tool)
    {
        foreach (var token in new[] { null, EndpointApp.Token })
        {
            var members = $$""" "name":"{{tool}}","arguments":{} """;
            Wire.IsError(await fixture.Rpc.SendAsync("tools/call", false, members, token, "7"), 200, -32602, "7");
            var perRequest = await fixture.Rpc.PostAsync(
                Wire.Body("tools/call", members, true, "7"),
                token,
                [
                    .. Wire.Headers("*"),
                    ("Mcp-Method", "tools/call"),
                    ("Mcp-Name", ModelContextProtocol.Protocol.McpHeaderEncoder.EncodeValue(tool)!),
                ]
            );
            Wire.IsError(perRequest, 200, -32602, "7");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unknown_prompt_is_minus_32602(bool perRequest) =>
        Wire.IsError(await fixture.Rpc.SendAsync("prompts/get", perRequest, id: "7"), 200, -32602, "7");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unknown_resource_is_minus_32602_with_its_uri(bool perRequest)
    {
        var answer = await fixture.Rpc.SendAsync("resources/read", perRequest, id: "7");
        Wire.IsError(answer, 200, -32602, "7");
        Assert.Equal("""{"uri":"test://nothing"}""", answer.Error["data"]!.ToJsonString());
    }

    [Fact]
    public async Task A_name_of_any_length_and_kind_comes_back_short_and_on_one_line()
    {
        var name = new string('n', 100_000);
        var answers = new List<RpcAnswer>
        {
            await fixture.Rpc.SendAsync("tools/call", false, $"\"name\":\"{name}\""),
            await fixture.Rpc.SendAsync("prompts/get", false, $"\"name\":\"{name}\""),
            await fixture.Rpc.SendAsync("tools/call", false, "\"name\":\"a\\r\\n\\u001b[31mb\\u202e\""),
            await fixture.Rpc.SendAsync("prompts/get", false, "\"name\":\"a\\r\\n\\u001b[31mb\\u202e\""),
        };
        Assert.All(
            answers,
            answer =>
            {
                Wire.IsError(answer, 200, -32602, "1");
                var message = (string)answer.Error["message"]!;
                Assert.True(message.Length < 300, message);
                Assert.DoesNotContain(message, c => char.IsControl(c) || c == '\u202e');
            }
        );
    }

    [Fact]
    public async Task What_is_unknown_is_no_error_of_the_server_and_not_in_its_log()
    {
        foreach (var method in new[] { "no/such/method", "resources/read", "prompts/get" })
        {
            await fixture.Rpc.SendAsync(method, false);
            await fixture.Rpc.SendAsync(method, true);
        }

        await fixture.Rpc.SendAsync("tools/call", false, "\"name\":\"nothing\"");
        Assert.DoesNotContain(
            fixture.App.Log.Lines,
            line =>
                line.Level >= Microsoft.Extensions.Logging.LogLevel.Error
                || line.Category.StartsWith("ModelContextProtocol", StringComparison.Ordinal)
        );
    }
}
