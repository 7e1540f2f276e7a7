using System.Net;
using System.Text.RegularExpressions;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting;

public sealed partial class BannerTests
{
    [Fact]
    public async Task In_Development_it_shows_an_endpoint_and_a_token_that_work_when_pasted()
    {
        var port = FreePort.Next();
        await using var app = await AppProcess.RunAsync(["--environment", "Development", "--urls", $"http://127.0.0.1:{port}"]);
        var endpoint = Assert.Single(Regex.Matches(app.Output, @"^MCP endpoint +(\S+)", RegexOptions.Multiline)).Groups[1].Value;
        var token = BearerToken().Match(app.Output).Groups[1].Value;
        Assert.Equal($"http://127.0.0.1:{port}/mcp", endpoint);
        Assert.Contains(
            $"claude mcp add --transport http forms {endpoint} --header \"Authorization: Bearer {token}\"",
            app.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("@modelcontextprotocol/inspector", app.Output, StringComparison.Ordinal);
        Assert.Contains("code --add-mcp", app.Output, StringComparison.Ordinal);
        Assert.All(
            ["test-token-user-a", "test-token-user-b", "test-token-technician"],
            name => Assert.Contains(name, app.Output, StringComparison.Ordinal)
        );
        using var http = new HttpClient { BaseAddress = new Uri(endpoint) };
        Assert.Contains("create_request", (await new RpcClient(http).ListAsync(token)).ToolNames);
        using var form = await http.GetAsync(new Uri("/sample/form", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, form.StatusCode);
        Assert.Equal("", app.Errors);
    }

    [Fact]
    public async Task In_Development_with_a_form_of_ones_own_it_shows_no_token_that_would_not_work()
    {
        await using var app = await AppProcess.RunAsync([
            "--environment",
            "Development",
            "--urls",
            "http://127.0.0.1:0",
            "--Forms:0:Url",
            "https://forms.example/form",
        ]);
        Assert.Contains("(not offered here: Forms has entries of its own)", app.Output, StringComparison.Ordinal);
        Assert.Contains("Never enable it on a server that others reach.", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("test-token", app.Output, StringComparison.Ordinal);
    }

    [SlowFact]
    public async Task In_Production_it_shows_the_endpoint_and_nothing_of_the_sample()
    {
        var port = FreePort.Next();
        await using var app = await AppProcess.RunAsync([
            "--urls",
            $"http://localhost:{port}",
            "--Forms:0:Url",
            "https://forms.example/form",
        ]);
        Assert.Equal(
            [
                $"MCP Function App {typeof(McpFunctionApp.Hosting.Kestrel.KestrelApp).Assembly.GetName().Version!.ToString(3)}",
                "MCP endpoint",
                $"http://localhost:{port}/mcp",
                "Forms",
                "create_request from forms.example (calls are recorded: there is no SubmitUrl)",
                "Sign-in",
                "nobody is asked to sign in (Callers:Mode=Fallback), the form API judges tokens",
                "Table",
                "none: forms and requests live in memory alone",
                "Search",
                "none: Elasticsearch:Url is not set",
                "Telemetry",
                "none: neither OTEL_EXPORTER_OTLP_ENDPOINT nor APPLICATIONINSIGHTS_CONNECTION_STRING is set",
                "Page",
                $"http://localhost:{port}/ (open it in a browser)",
                "Stop with Ctrl+C.",
            ],
            Regex.Split(string.Join('\n', Banner(app)), " {2,}|\n")
        );
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        Assert.Contains("add", (await new RpcClient(http).ListAsync()).ToolNames);
    }

    [SlowFact]
    public async Task It_says_in_a_line_each_what_the_server_was_given_and_nothing_secret()
    {
        await using var app = await AppProcess.RunAsync([
            "--urls",
            "http://127.0.0.1:0",
            "--Forms:0:Url",
            "https://forms.example/form?key=hunter2",
            "--Forms:0:SubmitUrl",
            "https://forms.example/r",
            "--Forms:1:Url",
            "https://other.example/form",
            "--Forms:1:Tool",
            "order",
            "--TableStorage",
            "UseDevelopmentStorage=true",
            "--Callers:Mode",
            "Challenge",
            "--Callers:Authority",
            "https://login.example/tenant",
            "--Callers:Audience",
            "hunter2",
            "--Elasticsearch:Url",
            "https://search.example:9200",
            "--Elasticsearch:ApiKey",
            "hunter2",
            "--OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://127.0.0.1:1",
            "--OTEL_EXPORTER_OTLP_HEADERS",
            "key=hunter2",
            "--APPLICATIONINSIGHTS_CONNECTION_STRING",
            "InstrumentationKey=hunter2;IngestionEndpoint=http://127.0.0.1:2/?key=hunter2",
        ]);
        var lines = Banner(app).Select(line => Regex.Replace(line, " {2,}", " ")).ToList();
        Assert.All(
            [
                "Forms create_request from forms.example, order from other.example (calls are recorded: there is no SubmitUrl)",
                "Sign-in everybody is asked to sign in (Callers:Mode=Challenge), tokens of login.example are checked here",
                "Table forms and requests are kept in TableStorage",
                "Search 11 entity types at search.example:9200, for callers whose token is accepted",
                "Telemetry spans, metrics and logs to http://127.0.0.1:1 (grpc) and Azure Monitor at 127.0.0.1:2",
            ],
            line => Assert.Contains(line, lines)
        );
        Assert.DoesNotContain("hunter2", app.Output + app.Errors, StringComparison.Ordinal);
    }

    /// <summary>What is printed, without the lines of the log between.</summary>
    private static IEnumerable<string> Banner(AppProcess app) =>
        app
            .Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !LogLine().IsMatch(line));

    [GeneratedRegex(@"^\d\d:\d\d:\d\d ")]
    private static partial Regex LogLine();

    [GeneratedRegex("Authorization: Bearer ([^\"]+)\"")]
    private static partial Regex BearerToken();
}
