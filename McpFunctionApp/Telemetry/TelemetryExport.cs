using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace McpFunctionApp.Telemetry;

/// <summary>
/// Spans, metrics and logs by OpenTelemetry's libraries, from the start of the process to its stop, which sends what is
/// left. Nothing else of this app names a type of theirs, so that they are loaded only where telemetry is on.
/// </summary>
internal static class TelemetryExport
{
    /// <summary>What the MCP SDK's spans come from.</summary>
    public const string McpSdk = "Experimental.ModelContextProtocol";

    public const string AspNetCore = "Microsoft.AspNetCore";

    public const string HttpClient = "System.Net.Http";

    private static string? Version =>
        typeof(TelemetryExport)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0];

    public static IServiceCollection AddTelemetryExport(this IServiceCollection services, TelemetryOptions options)
    {
        // The libraries' default would also read the baggage of whoever calls, and send it on.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(Describe)
            .WithTracing(Trace)
            .WithMetrics(Measure)
            .WithLogging(logging => logging.AddProcessor(new LogScrubber()), KeepMessages);
        if (options.Receiver is not null)
        {
            telemetry.UseOtlpExporter();
        }

        return options.AzureMonitor is { } azureMonitor ? services.AddAzureMonitor(azureMonitor) : services;
    }

    /// <summary>What the settings say of this service wins over what is said here.</summary>
    private static void Describe(ResourceBuilder resource) =>
        resource.AddService("mcp-function-app", serviceVersion: Version).AddEnvironmentVariableDetector();

    private static void Trace(TracerProviderBuilder tracing) =>
        tracing
            .AddSource(AppSpans.SourceName, McpSdk)
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddProcessor(new SpanScrubber());

    // Not the SDK's own: it takes tools' names from what clients write, without an end to them.
    private static void Measure(MeterProviderBuilder metrics) =>
        metrics.AddMeter(AppMetrics.MeterName, "System.Runtime").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation();

    // Scopes stay out: libraries put addresses and paths into theirs.
    private static void KeepMessages(OpenTelemetryLoggerOptions logging) => logging.IncludeFormattedMessage = true;
}
