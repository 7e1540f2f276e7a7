using McpFunctionApp.Tests.Endpoint;

namespace McpFunctionApp.Tests.Messages;

public sealed class RemovedMethodTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData("initialize")]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("resources/subscribe")]
    [InlineData("resources/unsubscribe")]
    [InlineData("subscriptions/listen")]
    public async Task A_removed_method_is_404_and_minus_32601_in_2026_07_28(string method) =>
        Wire.IsError(await fixture.Rpc.SendAsync(method, true, id: "7"), 404, -32601, "7");

    [Fact]
    public async Task Listening_to_subscriptions_is_answered_at_once_in_every_era()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var handshake = await fixture.Rpc.SendAsync("subscriptions/listen", false).WaitAsync(limit.Token);
        var perRequest = await fixture.Rpc.SendAsync("subscriptions/listen", true).WaitAsync(limit.Token);
        Assert.Equal(-32601, handshake.Code);
        Assert.Equal(-32601, perRequest.Code);
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("initialize")]
    [InlineData("logging/setLevel")]
    public async Task The_handshake_revisions_keep_theirs(string method) =>
        Assert.NotNull((await fixture.Rpc.SendAsync(method, false)).Result);
}
