using McpFunctionApp.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>
/// Tells the Functions host that this worker sends its own telemetry, so that the host leaves the worker's lines to it and
/// each arrives once. The worker's spans then go on with the host's, and have its description of the function app.
/// </summary>
internal static class WorkerTelemetry
{
    public static void AddWhereOn(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(TelemetryOptions)))
        {
            Add(services);
        }
    }

    // The settings' own word of what this service is comes last, and wins.
    private static void Add(IServiceCollection services) =>
        services
            .AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .ConfigureResource(resource => resource.AddEnvironmentVariableDetector());
}
