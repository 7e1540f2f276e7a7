using System.Text;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting;

/// <summary>The endpoint has a way of its own beside the table of routes: both lead to it, and to it alone.</summary>
public sealed class McpRouteTests
{
    [Theory]
    [InlineData("/mcp", 200)]
    [InlineData("/MCP", 200)]
    [InlineData("/mcp/", 200)]
    [InlineData("/mcp/more", 404)]
    [InlineData("/mcp2", 404)]
    public async Task It_is_served_however_its_address_is_spelled(string path, int status)
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:1/form" }
        );
        const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";
        using var list = new StringContent(List, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = list,
            Headers = { { "Accept", "application/json, text/event-stream" } },
        };
        using var answer = await app.Http.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
    }
}
