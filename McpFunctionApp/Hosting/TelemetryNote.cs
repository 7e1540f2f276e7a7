using McpFunctionApp.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Hosting;

/// <summary>Says at the start where telemetry goes, where it goes anywhere.</summary>
internal static partial class TelemetryNote
{
    public static void WriteTo(IServiceProvider services)
    {
        if (services.GetService<TelemetryOptions>() is { } options)
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TelemetryNote).FullName!);
            LogStarted(logger, options.Where);
        }
    }

    [LoggerMessage(9000, LogLevel.Information, "Spans, metrics and logs are sent to {Where}")]
    private static partial void LogStarted(ILogger logger, string where);
}
