using System.Diagnostics.Metrics;
using McpFunctionApp.Settings;
using McpFunctionApp.Storage;
using McpFunctionApp.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Storage;

/// <summary>Opens the product's own store over a connection string, as its settings would.</summary>
internal static class OpenedStore
{
    private static readonly AppMetrics s_metrics = new(
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(),
        new CacheCounters(),
        () => default
    );

    public static TableStore Of(string connectionString)
    {
        var values = new Dictionary<string, string?> { ["TableStorage"] = connectionString };
        var settings = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        var client = TableAccount.Read(settings);
        settings.ThrowIfFaulty();
        return new TableStore(client!, s_metrics, TimeProvider.System);
    }
}
