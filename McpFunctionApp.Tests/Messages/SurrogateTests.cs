using System.Net;
using McpFunctionApp.Tests.Endpoint;

namespace McpFunctionApp.Tests.Messages;

public sealed class SurrogateTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData(""" "x":"\ud800" """)]
    [InlineData(""" "x":"\uDC00" """)]
    [InlineData(""" "x":"\udc00\ud800" """)]
    [InlineData(""" "x":["a",{"y":"a\uD800b"}] """)]
    public async Task Half_of_a_surrogate_pair_in_a_value_is_400_with_the_id(string members)
    {
        Wire.IsError(await fixture.Rpc.SendAsync("tools/list", false, members, id: "7"), 400, -32600, "7");
        Wire.IsError(await fixture.Rpc.SendAsync("tools/list", true, members, id: "7"), 400, -32600, "7");
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"\ud800":1}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"x":[{"\uDC00a":1}]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"\ud800":1,"\ud800":2}}""")]
    [InlineData("""{"\ud800":1,"jsonrpc":"2.0","id":7,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","\ud800":1}""")]
    [InlineData(
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"message":"hi","\udfff":1}}}"""
    )]
    public async Task Half_of_a_surrogate_pair_in_a_members_name_is_400_and_no_fault_of_the_server(string body)
    {
        var answer = await fixture.Rpc.PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Contains(answer.Code, new[] { -32700, -32600 });
        Assert.DoesNotContain(fixture.App.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"\ud800","method":"ping"}""", "null")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"\ud800"}""", "7")]
    [InlineData("""{"jsonrpc":"\ud800","id":7,"method":"ping"}""", "7")]
    public async Task Half_of_a_surrogate_pair_in_the_messages_own_members_is_400(string body, string id) =>
        Wire.IsError(await fixture.Rpc.PostAsync(body), 400, -32600, id);

    [Fact]
    public async Task A_whole_pair_and_a_quoted_escape_are_text()
    {
        var whole = await fixture.Rpc.SendAsync(
            "tools/call",
            false,
            """ "name":"echo","arguments":{"message":"\ud83d\ude00 \\ud800"} """
        );
        Assert.Equal("Echo: 😀 \\ud800", whole.Text);
    }
}
