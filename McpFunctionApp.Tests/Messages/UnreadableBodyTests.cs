using System.Net;
using System.Text;
using McpFunctionApp.Tests.Endpoint;

namespace McpFunctionApp.Tests.Messages;

public sealed class UnreadableBodyTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}{"jsonrpc":"2.0","id":2,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping",}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,/* no */"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":01,"method":"ping"}""")]
    [InlineData("""{'jsonrpc':'2.0','id':1,'method':'ping'}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"pi\xng"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":NaN,"method":"ping"}""")]
    public async Task What_is_no_JSON_is_400_with_id_null(string body)
    {
        Wire.IsError(await fixture.Rpc.PostAsync(body), 400, -32700, "null");
        Wire.IsError(await fixture.Rpc.PostAsync(body, null, Wire.Headers("ping")), 400, -32700, "null");
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"\u0069d":2,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add","name":"echo"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add","arguments":{"a":1,"b":2,"a":3}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add","arguments":{"a":[{"x":1,"x":1}]}}}""")]
    public async Task A_member_that_is_there_twice_is_400_at_any_level(string body)
    {
        var answer = await fixture.Rpc.PostAsync(body);
        Wire.IsError(answer, 400, -32700, "null");
        Assert.Contains("twice", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_nesting_of_64_is_read_and_one_of_65_is_400(bool perRequest)
    {
        // The message and its params are the first two levels.
        var good = await fixture.Rpc.SendAsync("tools/list", perRequest, Nested(62));
        Assert.Equal(HttpStatusCode.OK, good.Status);
        Assert.Contains("add", good.ToolNames);
        var bad = await fixture.Rpc.SendAsync("tools/list", perRequest, Nested(63));
        Wire.IsError(bad, 400, -32700, "null");
        Assert.Contains("64", bad.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nesting_of_64_in_a_call_is_the_callers_mistake_and_not_the_servers()
    {
        // Message, params and arguments are the first three levels.
        var answer = await fixture.Rpc.SendAsync("tools/call", false, $$""" "name":"echo","arguments":{ {{Nested(61)}} } """);
        Assert.True(answer.IsError, answer.Body);
        Assert.Equal("invalid_arguments", answer.ErrorCode);
    }

    [Fact]
    public async Task Half_a_million_open_brackets_are_400() =>
        Wire.IsError(await fixture.Rpc.PostAsync(new string('[', 500_000)), 400, -32700, "null");

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xC3 })]
    public async Task Invalid_UTF_8_is_400(byte[] invalid)
    {
        byte[] body =
        [
            .. Encoding.UTF8.GetBytes(
                """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"message":" """
            ),
            .. invalid,
            .. "\"}}}"u8,
        ];
        var answer = await fixture.Rpc.PostAsync(body);
        Wire.IsError(answer, 400, -32700, "null");
        Assert.Contains("UTF-8", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_does_not_repeat_what_the_client_sent()
    {
        var answer = await fixture.Rpc.PostAsync("""{"jsonrpc":"2.0","secretName":1,"secretName":2}""");
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.App.Log.Lines, line => line.Text.Contains("secret", StringComparison.Ordinal));
    }

    private static string Nested(int levels) => $"\"x\":{new string('[', levels)}{new string(']', levels)}";
}
