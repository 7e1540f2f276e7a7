using System.Net;
using System.Net.Sockets;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.FormApi;

/// <summary>A lost connection is tried once more, since a GET changes nothing; an answer never is.</summary>
public sealed class SchemaOriginConnectionTests
{
    [Fact]
    public async Task A_reset_connection_is_tried_once_more()
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            if (connection.Number == 1)
            {
                connection.Reset();
                return;
            }

            await connection.SendAsync(RawApi.Json(Given.Form));
        });
        await using var app = await WatchedApp.StartAsync(api.Settings);
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.Equal(2, api.Connections);
    }

    [Fact]
    public async Task A_connection_that_is_reset_again_is_given_up_and_remembered()
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });
        await using var app = await WatchedApp.StartAsync(api.Settings, new ManualClock());
        Assert.Equal("unavailable", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Equal("unavailable", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Equal(2, api.Connections);
    }

    [Fact]
    public async Task A_connection_closed_in_the_middle_of_the_answer_is_tried_once_more()
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            var answer = RawApi.Json(Given.Form);
            await connection.SendAsync(connection.Number == 1 ? answer[..^30] : answer);
        });
        await using var app = await WatchedApp.StartAsync(api.Settings);
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.Equal(2, api.Connections);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task An_answer_is_not_asked_for_again(int status)
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(RawApi.Json("{}", status));
        });
        await using var app = await WatchedApp.StartAsync(api.Settings);
        Assert.NotNull((await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task A_refused_connection_is_unavailable_and_its_address_is_not_told()
    {
        var clock = new ManualClock();
        var port = FreePort();
        await using var app = await WatchedApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = $"http://127.0.0.1:{port}/form" },
            clock
        );
        var answer = await app.Rpc.ListAsync(Given.Token);
        Assert.Equal("unavailable", answer.FallbackReason);
        Assert.DoesNotContain(port.ToString(provider: null), answer.Body, StringComparison.Ordinal);

        Assert.Equal("unavailable", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Single(app.Log.Of(1002));
        clock.Advance(TimeSpan.FromSeconds(5));
        await app.Rpc.ListAsync(Given.Token);
        Assert.Equal(2, app.Log.Of(1002).Count());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
