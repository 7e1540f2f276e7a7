using System.Net;
using System.Net.Http.Headers;
using McpFunctionApp.Sample.Search;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting;

public sealed class SampleOnlyTests
{
    [Fact]
    public async Task It_serves_the_sample_alone_and_needs_no_settings()
    {
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        await using var app = await AppProcess.RunAsync(["--sample-only", "--urls", address]);
        Assert.Contains($"{address}/sample/form", app.Output, StringComparison.Ordinal);
        Assert.Contains("test-token-user-a", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("MCP endpoint", app.Output, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "test-token-user-a");
        Assert.Contains(
            "fieldList",
            await http.GetStringAsync(new Uri("/sample/form", UriKind.Relative)),
            StringComparison.Ordinal
        );
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", SampleElasticsearch.ApiKey);
        using var query = new StringContent(
            """{"query":{"bool":{"should":[{"match":{"name":{"query":"jane"}}}]}},"_source":["name"]}"""
        );
        using var found = await http.PostAsync(new Uri("/sample/elasticsearch/sample_user/_search", UriKind.Relative), query);
        Assert.Contains("Jane Doe", await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var mcp = await http.PostAsync(new Uri("/mcp", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.NotFound, mcp.StatusCode);
        http.DefaultRequestHeaders.Host = "evil.example";
        using var rebound = await http.GetAsync(new Uri("/sample/form", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, rebound.StatusCode);
    }

    [Fact]
    public async Task The_switch_does_not_swallow_the_argument_after_it()
    {
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        await using var app = await AppProcess.RunAsync(
            ["--urls", address, "--sample-only"],
            new() { ["ASPNETCORE_URLS"] = "http://127.0.0.1:1" }
        );
        Assert.Contains($"{address}/sample/form", app.Output, StringComparison.Ordinal);
    }
}
