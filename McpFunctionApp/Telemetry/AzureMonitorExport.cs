using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Telemetry;

/// <summary>Sends what <see cref="TelemetryExport"/> collects to an Application Insights resource.</summary>
internal static class AzureMonitorExport
{
    public static IServiceCollection AddAzureMonitor(this IServiceCollection services, AzureMonitorOptions options)
    {
        var credential = Credential(options.Identity);
        services
            .AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddAzureMonitorTraceExporter(exporter => Set(exporter, options), credential))
            .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(exporter => Set(exporter, options), credential))
            .WithLogging(logging => logging.AddAzureMonitorLogExporter(exporter => Set(exporter, options), credential));
        return services;
    }

    private static ManagedIdentityCredential? Credential(AppIdentity? identity) =>
        identity switch
        {
            null => null,
            { ClientId: { } client } => new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client)),
            _ => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
        };

    private static void Set(AzureMonitorExporterOptions exporter, AzureMonitorOptions options)
    {
        exporter.ConnectionString = options.ConnectionString;

        // Audit lines and errors are not to be lost because their request's spans were.
        exporter.EnableTraceBasedLogsSampler = false;
        if (!options.IsSampled)
        {
            exporter.TracesPerSecond = null;
            exporter.SamplingRatio = 1;
        }
    }
}
