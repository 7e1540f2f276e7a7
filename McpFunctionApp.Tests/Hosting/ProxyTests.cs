using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting;

/// <summary>With a proxy in the environment, as many networks have one: in a process of its own, since .NET reads it
/// once.</summary>
public sealed class ProxyTests
{
    private const string Token = "the-token-of-a-caller-behind-a-proxy";

    [Fact]
    public async Task A_token_for_an_http_address_is_never_sent_through_the_proxy()
    {
        await using var proxy = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(RawApi.Json("{}", 502));
        });
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        var address = new Uri(proxy.Url).GetLeftPart(UriPartial.Authority);
        await using var app = await AppProcess.RunAsync(
            ["--urls", $"http://127.0.0.1:{FreePort.Next()}", "--Forms:0:Url", api.FormUrl],
            new()
            {
                ["HTTP_PROXY"] = address,
                ["http_proxy"] = address,
                ["HTTPS_PROXY"] = address,
                ["https_proxy"] = address,
                ["ALL_PROXY"] = address,
                ["NO_PROXY"] = "",
                ["no_proxy"] = "",
            }
        );
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri(
                app.Output.Split('\n').First(line => line.StartsWith("MCP endpoint", StringComparison.Ordinal))[12..].Trim()
            ),
        };
        Assert.Contains("create_request", (await new RpcClient(http).ListAsync(Token)).ToolNames);
        Assert.Empty(proxy.Requests);
        Assert.Equal(Token, Assert.Single(api.FormCalls).Token);
    }
}
