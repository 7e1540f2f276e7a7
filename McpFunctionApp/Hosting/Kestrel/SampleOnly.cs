using McpFunctionApp.Messages;
using McpFunctionApp.Sample;
using McpFunctionApp.Sample.Search;
using McpFunctionApp.Settings;
using McpFunctionApp.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary><c>--sample-only</c>: the sample form API and the sample search alone on port 7072, for use beside another
/// host.</summary>
internal static class SampleOnly
{
    public static bool IsWanted(string[] args) => Switches.Has(args, Switches.SampleOnly);

    /// <exception cref="SettingsException">The configuration is faulty.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = KestrelApp.CreateBuilder(args);
        ListenAddresses.UseDefault(builder, 7072);
        var settings = new SettingsReader(builder.Configuration);
        ListenAddresses.Read(builder.Configuration, settings);
        var endpoint = EndpointOptions.Read(settings);
        settings.ThrowIfFaulty();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<RefusalLog>().AddSingleton(endpoint);
        builder.Services.AddSampleFormApi().AddSampleElasticsearch();
        var app = builder.Build();
        app.UseMiddleware<LoopbackHostGuard>();
        app.MapSampleFormApi().MapSampleElasticsearch();
        StartBanner.PrintSampleWhenStarted(app);
        return app;
    }
}
