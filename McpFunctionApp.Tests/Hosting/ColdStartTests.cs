using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting;

/// <summary>What a start and the first list do not load: libraries that only other requests need, or none at all.</summary>
public sealed class ColdStartTests
{
    private static readonly string[] s_notNeeded =
    [
        "Polly.Core.dll",
        "System.Linq.Expressions.dll",
        "System.Net.NameResolution.dll",
        "System.Net.Quic.dll",
        "System.Text.RegularExpressions.dll",
        "System.ComponentModel.Annotations.dll",
        "Microsoft.AspNetCore.Server.IIS.dll",
        "System.Reflection.Emit.Lightweight.dll",
        "System.Reflection.Emit.ILGeneration.dll",
        "OpenTelemetry.dll",
        "OpenTelemetry.Api.dll",
        "OpenTelemetry.Extensions.Hosting.dll",
        "OpenTelemetry.Exporter.OpenTelemetryProtocol.dll",
        "OpenTelemetry.Instrumentation.AspNetCore.dll",
        "OpenTelemetry.Instrumentation.Http.dll",
        "Azure.Monitor.OpenTelemetry.Exporter.dll",
        "System.Data.Common.dll",
    ];

    [LinuxFact]
    public async Task Starting_and_listing_without_a_token_loads_nothing_that_it_does_not_need()
    {
        var (app, http) = await StartAsync();
        await using var process = app;
        using var client = http;
        Assert.Contains("add", (await new RpcClient(http).ListAsync()).ToolNames);
        var loaded = Loaded(app);
        Assert.Contains("System.Text.Json.dll", loaded);
        Assert.Empty(s_notNeeded.Intersect(loaded));
    }

    [LinuxFact(IsSlow = true)]
    public async Task What_is_left_out_of_the_start_comes_with_the_request_that_needs_it()
    {
        var (app, http) = await StartAsync();
        await using var process = app;
        using var client = http;
        Assert.DoesNotContain("create_request", (await new RpcClient(http).ListAsync(Given.Token)).ToolNames);
        var loaded = Loaded(app);
        Assert.Contains("System.Net.NameResolution.dll", loaded);
        Assert.DoesNotContain("Polly.Core.dll", loaded);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/mcp")
        {
            Headers =
            {
                { "Origin", http.BaseAddress!.GetLeftPart(UriPartial.Authority) },
                { "Access-Control-Request-Method", "POST" },
            },
        };
        using var answer = await http.SendAsync(preflight);
        Assert.True(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static async Task<(AppProcess App, HttpClient Http)> StartAsync()
    {
        var port = FreePort.Next();
        var app = await AppProcess.RunAsync([
            "--urls",
            $"http://127.0.0.1:{port}",
            "--Forms:0:Url",
            $"http://127.0.0.1:{FreePort.Next()}/form",
        ]);
        return (app, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") });
    }

    private static HashSet<string> Loaded(AppProcess app) =>
        [
            .. File.ReadLines($"/proc/{app.Id}/maps")
                .Select(line => Path.GetFileName(line.Trim()))
                .Where(name => name.EndsWith(".dll", StringComparison.Ordinal)),
        ];
}
