using System.Net;
using McpFunctionApp.Tests.Endpoint;
using McpFunctionApp.Tests.Hosting;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Messages;

public sealed class BodySizeTests(BodySizeTests.Server server) : IClassFixture<BodySizeTests.Server>
{
    private const int Limit = 4_096;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_body_of_exactly_the_limit_is_read_and_one_byte_more_is_413(bool chunked, bool perRequest)
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Limit, chunked, perRequest)).Status);
        var answer = await SendAsync(Limit + 1, chunked, perRequest);
        Wire.IsError(answer, 413, -32600, "null");
        Assert.Contains("Endpoint:MaxRequestBytes", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_goes_on_after_a_body_far_over_the_limit()
    {
        Assert.Equal(413, (int)(await SendAsync(200 * Limit, true, false)).Status);
        Assert.Equal(413, (int)(await SendAsync(200 * Limit, false, false)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Limit, false, false)).Status);
        Assert.DoesNotContain(server.App.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Fact]
    public async Task By_default_the_limit_is_one_mebibyte()
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:1/form" }
        );
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.PostAsync(Wire.Body("ping").PadRight(1_048_576))).Status);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await app.Rpc.PostAsync(Wire.Body("ping").PadRight(1_048_577))).Status
        );
    }

    [Fact]
    public async Task A_limit_above_that_of_Kestrel_holds()
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = "http://127.0.0.1:1/form",
                ["Endpoint:MaxRequestBytes"] = "33000000",
            }
        );
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.PostAsync(Wire.Body("ping").PadRight(31_000_000))).Status);
    }

    private async Task<RpcAnswer> SendAsync(int size, bool chunked, bool perRequest)
    {
        // White space after the message is JSON too.
        using var request = Wire.Post(
            Wire.Body("tools/list", null, perRequest).PadRight(size),
            Wire.Headers("tools/list", perRequest)
        );
        request.Headers.TransferEncodingChunked = chunked;
        return await server.App.Rpc.SendAsync(request);
    }

    public sealed class Server() : SharedServer(new() { ["Endpoint:MaxRequestBytes"] = $"{Limit}" });
}
