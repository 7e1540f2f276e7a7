using System.Net;

namespace McpFunctionApp.Tests.Hosting;

public sealed class CorsTests(CorsTests.Server server) : IClassFixture<CorsTests.Server>
{
    [Theory]
    [InlineData("https://tools.example")]
    [InlineData("http://localhost:6274")]
    public async Task A_preflight_of_an_allowed_origin_allows_what_an_MCP_client_sends(string origin)
    {
        using var answer = await PreflightAsync(
            origin,
            "POST",
            "authorization,content-type,mcp-protocol-version,Mcp-Method,mcp-name,mcp-session-id,mcp-param-x"
        );
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(origin, Single(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("POST", Single(answer, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        var allowed = Single(answer, "Access-Control-Allow-Headers").Split(',');
        Assert.Equal(
            ["authorization", "content-type", "mcp-method", "mcp-name", "mcp-param-x", "mcp-protocol-version", "mcp-session-id"],
            allowed
                .Select(name => name.Trim().ToUpperInvariant())
                .Order(StringComparer.Ordinal)
                .Select(name => name.ToLowerInvariant())
        );
    }

    [Theory]
    [InlineData("https://tools.example")]
    [InlineData("vscode-file://vscode-app")]
    public async Task A_preflight_of_an_allowed_origin_allows_any_header_that_it_asks_for(string origin)
    {
        using var answer = await PreflightAsync(origin, "POST", "authorization, X-Request-Id,traceparent,last-event-id");
        Assert.Equal(origin, Single(answer, "Access-Control-Allow-Origin"));
        var allowed = Single(answer, "Access-Control-Allow-Headers")
            .Split(',')
            .Select(name => name.Trim().ToLowerInvariant())
            .ToList();
        Assert.All(
            ["authorization", "content-type", "x-request-id", "traceparent", "last-event-id"],
            name => Assert.Contains(name, allowed)
        );
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://tools.example")]
    [InlineData("https://tools.example.evil.example")]
    [InlineData("null")]
    [InlineData("vscode-file://other-app")]
    public async Task A_foreign_origin_gets_nothing(string origin)
    {
        using var preflight = await PreflightAsync(origin, "POST", "authorization,mcp-name");
        Assert.DoesNotContain(preflight.Headers, IsCors);
        using var request = Endpoint.Wire.Post(Endpoint.Wire.Body("tools/list"), ("Origin", origin));
        using var answer = await server.App.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, IsCors);
    }

    [Fact]
    public async Task An_allowed_origin_may_read_the_answer_and_its_challenge()
    {
        using var request = Endpoint.Wire.Post(Endpoint.Wire.Body("tools/list"), ("Origin", "https://tools.example"));
        using var answer = await server.App.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("https://tools.example", Single(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("WWW-Authenticate", Single(answer, "Access-Control-Expose-Headers"));
        Assert.Contains("Origin", answer.Headers.Vary);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task An_allowed_origin_may_read_why_it_was_refused()
    {
        using var request = Endpoint.Wire.Post("no JSON", ("Origin", "https://tools.example"));
        using var answer = await server.App.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("https://tools.example", Single(answer, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Without_an_origin_there_is_nothing_of_CORS()
    {
        using var request = Endpoint.Wire.Post(Endpoint.Wire.Body("tools/list"));
        using var answer = await server.App.Http.SendAsync(request);
        Assert.DoesNotContain(answer.Headers, IsCors);
    }

    [Fact]
    public async Task No_other_path_has_CORS()
    {
        using var answer = await PreflightAsync("https://tools.example", "GET", "authorization", "/sample/form");
        Assert.DoesNotContain(answer.Headers, IsCors);
    }

    private static bool IsCors(KeyValuePair<string, IEnumerable<string>> header) =>
        header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase);

    private static string Single(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    private Task<HttpResponseMessage> PreflightAsync(string origin, string method, string headers, string path = "/mcp")
    {
        var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", method);
        request.Headers.TryAddWithoutValidation("Access-Control-Request-Headers", headers);
        return server.App.Http.SendAsync(request);
    }

    public sealed class Server()
        : SharedServer(
            new()
            {
                ["Endpoint:AllowedOrigins:0"] = "https://tools.example",
                ["Endpoint:AllowedOrigins:1"] = "vscode-file://vscode-app",
                ["SampleFormApi:Enabled"] = "true",
            }
        );
}
