using McpFunctionApp.Tests.FunctionsHost;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Telemetry;

namespace McpFunctionApp.Tests.Hosting.Functions;

public sealed class WorkerTelemetryTests
{
    [Fact]
    public async Task A_list_a_call_and_a_failure_arrive_once_and_the_host_leaves_the_lines_to_the_worker()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        WorkerLog log;
        await using (var host = await WorkerHost.StartAsync(TelemetryJourney.Settings(receiver, api)))
        {
            log = host.Log;
            await TelemetryJourney.TravelAsync(host.Rpc, api);
            Assert.True(await host.LeavesLinesToWorkerAsync());
        }

        TelemetryJourney.AssertArrivedOnce(receiver);
        Assert.Equal(3, receiver.Spans.Count(span => span.Name == "function Mcp" && span["faas.name"] == "Mcp"));

        // What the host logs all the same is nothing that has arrived already.
        var sent = receiver.Logs.Select(line => line.Text).ToHashSet();
        Assert.DoesNotContain(
            log.Lines,
            line => line.IsHosts && sent.Any(text => line.Text.Contains(text, StringComparison.Ordinal))
        );
    }

    [SlowFact]
    public async Task The_function_app_gives_the_service_its_name_unless_a_setting_does()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        var settings = TelemetryJourney.Settings(receiver, api);
        settings["WEBSITE_SITE_NAME"] = "func-mcp";
        await RunAsync(settings);
        Assert.All(receiver.Logs, line => Assert.Equal("func-mcp", line.Service));
        Assert.NotEmpty(receiver.Logs);

        await using var other = await OtlpReceiver.StartAsync();
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = other.Address;
        settings["OTEL_SERVICE_NAME"] = "the-service";
        await RunAsync(settings);
        Assert.All(other.Logs, line => Assert.Equal("the-service", line.Service));
        Assert.NotEmpty(other.Logs);
    }

    [LinuxFact(IsSlow = true)]
    public async Task Without_a_receiver_nothing_of_it_runs_and_the_host_has_the_lines()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var host = await WorkerHost.StartAsync(new Dictionary<string, string?> { ["Forms:0:Url"] = api.FormUrl });
        await host.Rpc.ListAsync(Given.Token);
        var loaded = File.ReadLines($"/proc/{(await host.ProcessAsync()).Id}/maps")
            .Select(line => Path.GetFileName(line.Trim()))
            .ToHashSet();
        Assert.Contains("McpFunctionApp.dll", loaded);

        // The worker's library lists the types of the app at its start, and two of ours derive from one of these.
        Assert.Empty(
            loaded
                .Where(name => name.Contains("OpenTelemetry", StringComparison.Ordinal))
                .Except(["OpenTelemetry.dll", "OpenTelemetry.Api.dll"])
        );
        Assert.False(await host.LeavesLinesToWorkerAsync());
        await Eventually.TrueAsync(
            () => host.Log.Lines.Any(line => line.Category == "McpFunctionApp.FormApi.FormFetch"),
            "the host is told of the form"
        );
    }

    private static async Task RunAsync(Dictionary<string, string?> settings)
    {
        await using var host = await WorkerHost.StartAsync(settings);
        await host.Rpc.ListAsync();
    }
}
