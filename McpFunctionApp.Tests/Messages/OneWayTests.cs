using System.Net;
using McpFunctionApp.Tests.Endpoint;

namespace McpFunctionApp.Tests.Messages;

public sealed class OneWayTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", "notifications/initialized")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized","params":{}}""", "notifications/initialized")]
    [InlineData(
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"x"}}""",
        "notifications/cancelled"
    )]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/roots/list_changed"}""", "notifications/roots/list_changed")]
    [InlineData(
        """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}""",
        "notifications/progress"
    )]
    [InlineData("""{"jsonrpc":"2.0","method":"no/such/notification"}""", "no/such/notification")]
    [InlineData("""{"jsonrpc":"2.0","method":"tools/list"}""", "tools/list")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""", "")]
    [InlineData("""{"jsonrpc":"2.0","id":"a","result":{"roots":[]}}""", "")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no"}}""", "")]
    public async Task A_notification_or_a_response_is_202_without_a_body(string body, string method)
    {
        foreach (var headers in new[] { [], Wire.Headers(method) })
        {
            var answer = await fixture.Rpc.PostAsync(body, EndpointApp.Token, headers);
            Assert.Equal(HttpStatusCode.Accepted, answer.Status);
            Assert.Equal("", answer.Body);
            Assert.Equal("", answer.ContentType);
        }
    }

    [Fact]
    public async Task A_notification_runs_nothing()
    {
        var before = fixture.Api.Calls.Count;
        await fixture.Rpc.PostAsync("""{"jsonrpc":"2.0","method":"tools/list"}""", "a-token-never-seen-before");
        Assert.Equal(before, fixture.Api.Calls.Count);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized","params":1}""")]
    public async Task A_notification_whose_params_are_no_object_is_400(string body) =>
        Wire.IsError(await fixture.Rpc.PostAsync(body), 400, -32602, "null");
}
