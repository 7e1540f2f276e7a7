using McpFunctionApp.Sample;
using McpFunctionApp.Settings;
using Microsoft.AspNetCore.Builder;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary><c>--sample-only</c>: the sample form API and the sample search alone on port 7072, for use beside another host.</summary>
internal static class SampleOnly
{
    private const string Switch = "--sample-only";

    public static bool IsWanted(string[] args) => args.Contains(Switch, StringComparer.Ordinal);

    /// <exception cref="SettingsException">The configuration is faulty.</exception>
    public static WebApplication Build(string[] args)
    {
        // Without the switch itself, which the standard command line reader would take for a name without its value.
        var builder = KestrelApp.CreateBuilder([.. args.Where(argument => argument != Switch)]);
        ListenAddresses.UseDefault(builder, 7072);
        var settings = new SettingsReader(builder.Configuration);
        ListenAddresses.Read(builder.Configuration, settings);
        settings.ThrowIfFaulty();
        builder.Services.AddSampleFormApi().AddSampleElasticsearch();
        var app = builder.Build();
        app.UseMiddleware<LoopbackHostGuard>();
        app.MapSampleFormApi().MapSampleElasticsearch();
        StartBanner.PrintSampleWhenStarted(app);
        return app;
    }
}
