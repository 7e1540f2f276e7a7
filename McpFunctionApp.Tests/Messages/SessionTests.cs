using System.Net;
using McpFunctionApp.Tests.Endpoint;

namespace McpFunctionApp.Tests.Messages;

public sealed class SessionTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_is_neither_minted_nor_echoed_nor_asked_for(bool perRequest)
    {
        foreach (
            var method in new[]
            {
                "initialize",
                "server/discover",
                "tools/list",
                "tools/call",
                "no/such/method",
                "notifications/initialized",
            }
        )
        {
            var plain = await fixture.Rpc.SendAsync(method, perRequest);
            var given = await fixture.Rpc.PostAsync(
                Wire.Body(method, null, perRequest),
                null,
                [.. Wire.Headers(method, perRequest), ("Mcp-Session-Id", "an-old-session"), ("Last-Event-ID", "17")]
            );
            Assert.Equal(plain.Status, given.Status);
            Assert.Equal(plain.Body, given.Body);
            Assert.Equal("application/json", given.ContentType);
            Assert.DoesNotContain(
                plain.Headers.Concat(given.Headers),
                header => header.Key.Contains("session", StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    [Fact]
    public async Task A_call_needs_no_handshake_before_it()
    {
        await using var app = await Infrastructure.TestApp.StartAsync(fixture.Api);
        Assert.Equal("3", (await app.Rpc.SendAsync("tools/call", false)).Text);
    }

    [Fact]
    public async Task One_connection_serves_any_callers_and_eras_in_turn()
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1 };
        using var http = new HttpClient(handler) { BaseAddress = fixture.App.Http.BaseAddress };
        var rpc = new Infrastructure.RpcClient(http);
        for (var round = 0; round < 3; round++)
        {
            foreach (var perRequest in new[] { false, true })
            {
                Assert.Equal(5, (await rpc.SendAsync("tools/list", perRequest, token: EndpointApp.Token)).ToolNames.Count);
                Assert.Equal(3, (await rpc.SendAsync("tools/list", perRequest)).ToolNames.Count);
                Assert.Equal(3, (await rpc.SendAsync("tools/list", perRequest, token: "some-other-token")).ToolNames.Count);
            }
        }
    }

    [Fact]
    public async Task A_list_is_the_same_on_every_connection_to_the_byte()
    {
        var lists = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < 10; round++)
        {
            using var http = new HttpClient { BaseAddress = fixture.App.Http.BaseAddress };
            var answer = await new Infrastructure.RpcClient(http).SendAsync("tools/list", false, token: EndpointApp.Token);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            lists.Add(answer.Body);
        }

        Assert.Single(lists);
    }
}
