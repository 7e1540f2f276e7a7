using System.Net;
using McpFunctionApp.Tests.Endpoint;
using McpFunctionApp.Tests.Hosting;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Messages;

public sealed class OriginTests(OriginTests.Server server) : IClassFixture<OriginTests.Server>
{
    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://tools.example")]
    [InlineData("https://tools.example:444")]
    [InlineData("https://tools.example.evil.example")]
    [InlineData("https://eviltools.example")]
    [InlineData("https://tools.example@evil.example")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("http://169.254.169.254")]
    [InlineData("null")]
    [InlineData("file://")]
    [InlineData("ftp://localhost")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task A_foreign_origin_is_403_in_both_eras(string origin)
    {
        Wire.IsError(await SendAsync(origin, false), 403, -32600, "null");
        Wire.IsError(await SendAsync(origin, true), 403, -32600, "null");
    }

    [Theory]
    [InlineData("https://tools.example")]
    [InlineData("https://TOOLS.example")]
    [InlineData("https://tools.example:443")]
    [InlineData("https://chat.example:8443")]
    [InlineData("http://localhost")]
    [InlineData("http://localhost:6274")]
    [InlineData("https://localhost:3000")]
    [InlineData("http://127.0.0.1:1234")]
    [InlineData("http://[::1]:1234")]
    public async Task A_configured_origin_and_this_machine_are_served(string origin)
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(origin, false)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(origin, true)).Status);
    }

    [Fact]
    public async Task Two_origins_are_none() =>
        Wire.IsError(
            await server.App.Rpc.SendAsync(
                Wire.Post(Wire.Body("ping"), ("Origin", "https://tools.example"), ("Origin", "https://tools.example"))
            ),
            403,
            -32600,
            "null"
        );

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task A_foreign_origin_is_403_for_every_method(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/mcp");
        request.Headers.TryAddWithoutValidation("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await server.App.Rpc.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_foreign_origin_runs_nothing_whatever_the_body()
    {
        var answer = await server.App.Rpc.PostAsync(
            "not even JSON",
            null,
            ("Origin", "https://evil.example"),
            ("Content-Type", "text/plain")
        );
        Wire.IsError(answer, 403, -32600, "null");
    }

    private Task<RpcAnswer> SendAsync(string origin, bool perRequest) =>
        server.App.Rpc.PostAsync(
            Wire.Body("tools/list", null, perRequest),
            null,
            [.. Wire.Headers("tools/list", perRequest), ("Origin", origin)]
        );

    [Theory]
    [InlineData("null")]
    [InlineData("vscode-file://vscode-app")]
    public async Task An_origin_that_is_no_web_address_is_served_where_it_is_allowed_and_nowhere_else(string origin)
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = "http://127.0.0.1:1/form",
                ["Endpoint:AllowedOrigins:0"] = origin,
            }
        );
        foreach (
            var (asked, status) in new[] { (origin, HttpStatusCode.OK), ("vscode-file://other-app", HttpStatusCode.Forbidden) }
        )
        {
            Assert.Equal(status, (await app.Rpc.PostAsync(Wire.Body("ping"), null, ("Origin", asked))).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(origin, false)).Status);
    }

    public sealed class Server()
        : SharedServer(
            new()
            {
                ["Endpoint:AllowedOrigins:0"] = "https://tools.example",
                ["Endpoint:AllowedOrigins:1"] = "https://Chat.Example:8443",
            }
        );
}
