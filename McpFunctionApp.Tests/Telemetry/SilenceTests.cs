using System.Diagnostics.Metrics;
using McpFunctionApp.Telemetry;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Tests.Telemetry;

/// <summary>Runs alone, since whatever listens in this process listens to every app in it.</summary>
[Collection(SilenceCollection.Name)]
public sealed class SilenceTests
{
    [Fact]
    public async Task Without_an_endpoint_nothing_is_exported_and_nothing_is_made_for_a_request()
    {
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await TestApp.StartAsync(api);
        Assert.DoesNotContain(
            app.Services.GetServices<IHostedService>(),
            service => service.GetType().Namespace!.StartsWith("OpenTelemetry", StringComparison.Ordinal)
        );
        Assert.Null(McpOperation.Begin(app.Services.GetRequiredService<AppMetrics>(), TimeProvider.System));
        Assert.Null(AppSpans.Source.StartActivity("any"));
    }

    [Fact]
    public async Task With_an_endpoint_a_request_is_measured_from_the_start_to_the_stop_of_the_app()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        await using (var app = await TestApp.StartAsync(api, settings: receiver.Settings))
        {
            using var operation = McpOperation.Begin(app.Services.GetRequiredService<AppMetrics>(), TimeProvider.System);
            Assert.NotNull(operation);
            Assert.Empty(receiver.Raw);
        }

        // What was left was sent at the stop, and nobody listens any more.
        Assert.NotEmpty(receiver.Points);
        using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        Assert.False(
            new AppMetrics(meters.GetRequiredService<IMeterFactory>(), new CacheCounters(), () => default).CountsRequests
        );
    }
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SilenceCollection
{
    public const string Name = "Silence";
}
