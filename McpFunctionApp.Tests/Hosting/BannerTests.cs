using System.Net;
using System.Text.RegularExpressions;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting;

public sealed partial class BannerTests
{
    [Fact]
    public async Task In_Development_it_shows_an_endpoint_and_a_token_that_work_when_pasted()
    {
        var port = AppProcess.FreePort();
        await using var app = await AppProcess.RunAsync(["--environment", "Development", "--urls", $"http://127.0.0.1:{port}"]);
        var endpoint = Assert.Single(Regex.Matches(app.Output, @"^MCP endpoint +(\S+)", RegexOptions.Multiline)).Groups[1].Value;
        var token = BearerToken().Match(app.Output).Groups[1].Value;
        Assert.Equal($"http://127.0.0.1:{port}/mcp", endpoint);
        Assert.Contains($"claude mcp add --transport http forms {endpoint} --header \"Authorization: Bearer {token}\"", app.Output, StringComparison.Ordinal);
        Assert.Contains("@modelcontextprotocol/inspector", app.Output, StringComparison.Ordinal);
        Assert.Contains("code --add-mcp", app.Output, StringComparison.Ordinal);
        Assert.All(["test-token-user-a", "test-token-user-b", "test-token-technician"], name => Assert.Contains(name, app.Output, StringComparison.Ordinal));
        using var http = new HttpClient { BaseAddress = new Uri(endpoint) };
        Assert.Contains("create_request", (await new RpcClient(http).ListAsync(token)).ToolNames);
        using var form = await http.GetAsync(new Uri("/sample/form", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, form.StatusCode);
        Assert.Equal("", app.Errors);
    }

    [Fact]
    public async Task In_Production_it_shows_the_endpoint_and_nothing_of_the_sample()
    {
        var port = AppProcess.FreePort();
        await using var app = await AppProcess.RunAsync(["--urls", $"http://localhost:{port}", "--Forms:0:Url", "https://forms.example/form"]);
        Assert.Equal(["MCP endpoint", $"http://localhost:{port}/mcp", "Stop with Ctrl+C."], Regex.Split(app.Output.Trim(), @" {2,}|\r?\n")[^3..]);
        Assert.DoesNotContain("sample", app.Output, StringComparison.OrdinalIgnoreCase);
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        Assert.Contains("add", (await new RpcClient(http).ListAsync()).ToolNames);
    }

    [GeneratedRegex("Authorization: Bearer ([^\"]+)\"")]
    private static partial Regex BearerToken();
}
