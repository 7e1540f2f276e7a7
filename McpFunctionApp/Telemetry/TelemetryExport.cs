using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace McpFunctionApp.Telemetry;

/// <summary>Sends spans and metrics to an OTLP receiver from the start of the process to its stop, which sends what is left.</summary>
internal sealed partial class TelemetryExport(TelemetryOptions options, IConfiguration configuration, ILogger<TelemetryExport> logger) : IHostedService, IDisposable
{
    /// <summary>What the MCP SDK's spans come from.</summary>
    public const string McpSdk = "Experimental.ModelContextProtocol";

    public const string AspNetCore = "Microsoft.AspNetCore";

    private TracerProvider? _spans;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // ASP.NET Core's spans then say what they are of, as by default from .NET 11 on; read when the server starts, which is last.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        _spans = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(Resource())
            .AddSource(AppSpans.SourceName, McpSdk, AspNetCore, "System.Net.Http")
            .AddProcessor(new SpanScrubber())
            .AddOtlpExporter()
            .Build();

        // Not the SDK's own: it takes tools' names from what clients write, without an end to them.
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(Resource())
            .AddMeter(AppMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime")
            .AddOtlpExporter()
            .Build();
        LogStarted(options.Endpoint.Scheme, options.Endpoint.Authority, options.Protocol);
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left, within the host's own limit for stopping.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None).WaitAsync(cancellationToken);

    public void Dispose()
    {
        Interlocked.Exchange(ref _spans, null)?.Dispose();
        Interlocked.Exchange(ref _metrics, null)?.Dispose();
    }

    /// <summary>What the environment says of this service wins over what is said here.</summary>
    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService("mcp-function-app", serviceVersion: typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0])
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    [LoggerMessage(9000, LogLevel.Information, "Spans and metrics are sent to {Scheme}://{Address} by {Protocol}")]
    private partial void LogStarted(string scheme, string address, string protocol);
}
