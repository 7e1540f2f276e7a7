using McpFunctionApp.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Hosting;

/// <summary>Says once, at the start, what is odd about settings that are not faulty.</summary>
internal static partial class SettingsNotes
{
    public static void WriteTo(IServiceProvider services)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SettingsNotes).FullName!);
        foreach (var oddity in services.GetRequiredService<SettingsReader>().Oddities)
        {
            LogOddity(logger, oddity);
        }
    }

    [LoggerMessage(6000, LogLevel.Warning, "{Oddity}")]
    private static partial void LogOddity(ILogger logger, string oddity);
}
