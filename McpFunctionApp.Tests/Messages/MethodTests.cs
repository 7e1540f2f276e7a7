using System.Net;
using McpFunctionApp.Tests.Endpoint;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Messages;

public sealed class MethodTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData("GET", null)]
    [InlineData("DELETE", null)]
    [InlineData("PUT", null)]
    [InlineData("PATCH", null)]
    [InlineData("HEAD", null)]
    [InlineData("OPTIONS", null)]
    [InlineData("GET", RpcClient.PerRequest)]
    [InlineData("DELETE", RpcClient.PerRequest)]
    public async Task Any_method_but_POST_is_405_and_Allow_names_POST(string method, string? revision)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/mcp");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        request.Headers.TryAddWithoutValidation("Mcp-Session-Id", "an-old-session");
        if (revision is not null)
        {
            request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", revision);
        }

        using var response = await fixture.App.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_refused_method_says_why_as_a_JSON_RPC_error_without_id()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        var answer = await fixture.Rpc.SendAsync(request);
        Wire.IsError(answer, 405, -32600, "null");
        Assert.Contains("POST", (string?)answer.Error["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/mcp/messages")]
    [InlineData("/sse")]
    public async Task There_is_one_path(string path)
    {
        using var response = await fixture.App.Http.PostAsync(new Uri(path, UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
