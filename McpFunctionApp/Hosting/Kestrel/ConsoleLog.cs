using McpFunctionApp.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Console;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// The log on the console, by the standard settings: <c>Logging:Console:FormatterName</c> is <c>simple</c>, <c>json</c> or
/// <c>systemd</c>.
/// </summary>
[Setting(
    "Logging:LogLevel:Default",
    "What is logged: `Debug` also shows cache decisions and fields left out",
    Default = "`Information`",
    Values = ["Trace", "Debug", "Information", "Warning", "Error", "Critical", "None"]
)]
[Setting(
    "Logging:Console:FormatterName",
    "`json`: each line of the log is a JSON object with its moment (UTC), and what the server prints at its "
        + "start goes to the standard error output",
    Default = "`simple`",
    Values = ["simple", "json", "systemd"]
)]
internal static class ConsoleLog
{
    private const string Formatter = "Logging:Console:FormatterName";

    // What appsettings.json gives lines that a person reads.
    private const string TimeOfDay = "HH:mm:ss ";

    public static void Configure(WebApplicationBuilder builder)
    {
        // The slim builder has fixed the formatter.
        var configuration = builder.Configuration;
        builder.Services.Configure<ConsoleLoggerOptions>(options =>
            options.FormatterName = configuration[Formatter] ?? options.FormatterName
        );

        // A line that a machine reads has its whole moment.
        builder.Services.PostConfigure<JsonConsoleFormatterOptions>(options =>
        {
            if (options.TimestampFormat is null or TimeOfDay)
            {
                (options.TimestampFormat, options.UseUtcTimestamp) = ("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", true);
            }
        });

        // Of a start that fails the host logs a page of stack trace, and throws what whoever started it tells in a line.
        builder
            .Services.AddOptions<LoggerFilterOptions>()
            .Configure<IServiceProvider>(
                (options, services) =>
                    options.AddFilter(
                        "Microsoft.Extensions.Hosting.Internal.Host",
                        level => level >= LogLevel.Information && HasStarted(services)
                    )
            );
    }

    /// <summary>Whether the log is for a person, who wants to read the banner among its lines.</summary>
    public static bool IsForPeople(IConfiguration configuration) =>
        configuration[Formatter] is not { Length: > 0 } name
        || name.Equals(ConsoleFormatterNames.Simple, StringComparison.OrdinalIgnoreCase);

    private static bool HasStarted(IServiceProvider services) =>
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested;
}
