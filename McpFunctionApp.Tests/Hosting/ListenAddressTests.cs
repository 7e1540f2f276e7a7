using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting;

public sealed class ListenAddressTests
{
    private static readonly string[] s_form = ["--Forms:0:Url", "https://forms.example/form"];

    [Fact]
    public async Task Without_any_setting_it_is_localhost_7071()
    {
        // Only built: the port itself may be in use on the machine that tests.
        await using var app = KestrelApp.Build(s_form, builder => builder.Configuration["urls"] = null);
        Assert.Equal("http://localhost:7071", app.Configuration["urls"]);
    }

    [Fact]
    public async Task Urls_on_the_command_line_win()
    {
        await using var app = KestrelApp.Build([.. s_form, "--urls", "http://127.0.0.1:0"]);
        await app.StartAsync();
        Assert.DoesNotContain(":7071", Assert.Single(app.Urls), StringComparison.Ordinal);
        await app.StopAsync();
    }

    [SlowFact]
    public async Task ASPNETCORE_URLS_wins_over_the_default_and_the_command_line_over_it()
    {
        var (first, second) = ($"http://127.0.0.1:{FreePort.Next()}", $"http://127.0.0.1:{FreePort.Next()}");
        await using var byEnvironment = await AppProcess.RunAsync(s_form, new() { ["ASPNETCORE_URLS"] = first });
        Assert.Contains($"{first}/mcp", byEnvironment.Output, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = new Uri(first) };
        Assert.Contains("add", (await new RpcClient(http).ListAsync()).ToolNames);
        await using var byArgument = await AppProcess.RunAsync(
            [.. s_form, "--urls", second],
            new() { ["ASPNETCORE_URLS"] = first }
        );
        Assert.Contains($"{second}/mcp", byArgument.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http_ports", "8099")]
    [InlineData("Kestrel:Endpoints:Own:Url", "http://127.0.0.1:8099")]
    public async Task The_other_standard_settings_win_over_the_default_too(string name, string value)
    {
        await using var app = KestrelApp.Build([.. s_form, $"--{name}", value]);
        Assert.DoesNotContain("7071", app.Configuration["urls"] ?? "", StringComparison.Ordinal);
    }
}
