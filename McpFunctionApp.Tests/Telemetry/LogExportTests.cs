using McpFunctionApp.Tests.Hosting;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Telemetry;

public sealed class LogExportTests
{
    private static readonly Action<ILogger, string, Exception?> s_libraryLine = LoggerMessage.Define<string>(
        LogLevel.Warning,
        new EventId(17, "Odd"),
        "Header {Header} is not understood"
    );

    [LinuxFact]
    public async Task A_list_a_call_and_a_failure_arrive_once_as_spans_metrics_and_lines()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await RunAsync(
            TelemetryJourney.Settings(receiver, api),
            rpc => TelemetryJourney.TravelAsync(rpc, api)
        );
        TelemetryJourney.AssertArrivedOnce(receiver);
        Assert.All(receiver.Logs, line => Assert.Equal("mcp-function-app", line.Service));
        Assert.Contains(
            $"Spans, metrics and logs are sent to {receiver.Address} (http/protobuf)",
            app.Output,
            StringComparison.Ordinal
        );
    }

    [LinuxFact(IsSlow = true)]
    public async Task Lines_arrive_though_no_span_is_wanted()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        var settings = TelemetryJourney.Settings(receiver, api);
        settings["OTEL_TRACES_SAMPLER"] = "always_off";
        await using var app = await RunAsync(settings, rpc => TelemetryJourney.TravelAsync(rpc, api));
        Assert.Empty(receiver.Spans);
        Assert.Equal(2, receiver.Logs.Count(line => line.EventId == 4010));
    }

    [LinuxFact(IsSlow = true)]
    public async Task Turned_off_nothing_is_sent()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        var settings = TelemetryJourney.Settings(receiver, api);
        settings["OTEL_SDK_DISABLED"] = "true";
        await using var app = await RunAsync(settings, rpc => TelemetryJourney.TravelAsync(rpc, api));
        Assert.Empty(receiver.Paths);
    }

    [Fact]
    public async Task Of_a_librarys_line_its_words_arrive_and_no_value_and_no_text_of_an_exception()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        await using (var app = await TestApp.StartAsync(api, settings: receiver.Settings))
        {
            var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Some.Library");
            s_libraryLine(logger, "Aardwolf", new InvalidOperationException("Bandicoot"));
            using (logger.BeginScope(new Dictionary<string, object> { ["path"] = "Capybara" }))
            {
                s_libraryLine(logger, "Dugong", null);
            }
        }

        var lines = receiver.Logs.Where(line => line.Category == "Some.Library").ToList();
        Assert.All(lines, line => Assert.Equal(("Header {Header} is not understood", 17), (line.Text, line.EventId)));
        Assert.Equal("System.InvalidOperationException", lines[0]["error.type"]);
        Assert.All(
            ["Aardwolf", "Bandicoot", "Capybara", "Dugong"],
            value => Assert.DoesNotContain(receiver.Raw, text => text.Contains(value, StringComparison.Ordinal))
        );
    }

    private static async Task<AppProcess> RunAsync(Dictionary<string, string?> settings, Func<RpcClient, Task> travelAsync)
    {
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        var environment = settings.ToDictionary(
            setting => setting.Key.Replace(":", "__", StringComparison.Ordinal),
            setting => setting.Value!
        );
        var app = await AppProcess.RunAsync(["--urls", address], environment);
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        await travelAsync(new RpcClient(http));
        await app.StopAsync();
        return app;
    }
}
