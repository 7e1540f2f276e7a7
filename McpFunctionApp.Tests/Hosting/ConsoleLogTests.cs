using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting;

public sealed class ConsoleLogTests
{
    [Fact]
    public async Task Logging_Console_FormatterName_json_makes_every_line_of_the_standard_output_JSON_with_its_whole_moment()
    {
        await using var app = await StartAndCallAsync(new() { ["Logging__Console__FormatterName"] = "json" });
        var lines = app
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => JsonNode.Parse(line)!)
            .ToList();
        Assert.Contains(lines, line => ((string)line["Message"]!).StartsWith("Tool add called", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string)line["Timestamp"]!));
        Assert.Contains("MCP endpoint", app.Errors, StringComparison.Ordinal);
    }

    [SlowFact]
    public async Task Without_the_setting_a_line_is_for_people()
    {
        await using var app = await StartAndCallAsync([]);
        Assert.Matches(@"(?m)^\d\d:\d\d:\d\d info: .*Tool add called", app.Output);
    }

    private static async Task<AppProcess> StartAndCallAsync(Dictionary<string, string> environment)
    {
        var port = FreePort.Next();
        string[] arguments = ["--urls", $"http://127.0.0.1:{port}", "--Forms:0:Url", "http://127.0.0.1:1/form"];
        var app = await AppProcess.RunAsync(arguments, environment);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.Equal("3", (await new RpcClient(http).CallAsync("add", """{"a":1,"b":2}""")).Text);
        await Eventually.TrueAsync(() => app.Output.Contains("Tool add called", StringComparison.Ordinal), "the call is logged");
        return app;
    }
}
