using McpFunctionApp.Administration;
using McpFunctionApp.Admission;
using McpFunctionApp.Endpoint;
using McpFunctionApp.Sample;
using McpFunctionApp.Settings;
using McpFunctionApp.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>The app on plain Kestrel: for development, tests, and one machine.</summary>
public static class KestrelApp
{
    /// <param name="configure">Changes the builder before it is built: tests listen elsewhere and collect the log.</param>
    /// <exception cref="SettingsException">The configuration is faulty.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = CreateBuilder(args);
        configure?.Invoke(builder);
        ListenAddresses.UseDefault(builder, 7071);
        var settings = new SettingsReader(builder.Configuration);
        var sample = SampleSwitch.Apply(builder, settings, ListenAddresses.Read(builder.Configuration, settings));

        builder.Services.AddSingleton(AdminKey.Read(settings)).AddHostedService<PurgeService>();
        builder.Services.AddMcpFunctionApp(settings);
        builder.Services.AddCors().AddSingleton<ICorsPolicyProvider, OriginPolicy>();
        if (sample)
        {
            builder.Services.AddSampleFormApi().AddSampleElasticsearch();
        }

        var app = builder.Build();
        app.UseMiddleware<LoopbackHostGuard>();
        app.Use(OriginPolicy.ForRequestsWithOrigin(app.Services));
        app.MapMcpFunctionApp();
        if (sample)
        {
            app.MapSampleFormApi().MapSampleElasticsearch();
        }

        SettingsNotes.WriteTo(app.Services);
        StartBanner.PrintWhenStarted(app, sample);
        return app;
    }

    public static void MapMcpFunctionApp(this WebApplication app)
    {
        var admin = app.Services.GetRequiredService<AdminKey>();
        var cache = app.Services.GetRequiredService<CacheEndpoint>();
        var health = app.Services.GetRequiredService<HealthEndpoint>();
        var requests = app.Services.GetRequiredService<RequestsEndpoint>();
        var resource = app.Services.GetRequiredService<ProtectedResourceEndpoint>();
        var refusals = app.Services.GetRequiredService<RefusalLog>();

        app.Map("/mcp", app.Services.GetRequiredService<McpEndpoint>().HandleAsync);
        app.MapGet(ProtectedResource.WellKnownPath, resource.DescribeAsync);
        app.MapGet($"{ProtectedResource.WellKnownPath}/mcp", resource.DescribeAsync);
        app.MapGet("/health", HealthEndpoint.LiveAsync);
        app.MapGet("/health/ready", health.ReadyAsync);
        app.MapGet("/cache", admin.Guard(refusals, cache.ReportAsync));
        app.MapDelete("/cache", admin.Guard(refusals, cache.InvalidateAsync));
        app.MapDelete("/cache/me", cache.DropMineAsync);
        app.MapGet("/requests", admin.Guard(refusals, requests.ExportAsync));
    }

    internal static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // Settings files lie beside the assembly, whatever the current folder is. The slim builder reads the same settings
        // and starts faster; of what it leaves out, only https endpoints are of use here.
        var options = new WebApplicationOptions { Args = Switches.WithoutOwn(args), ContentRootPath = AppContext.BaseDirectory };
        var builder = WebApplication.CreateSlimBuilder(options);
        builder.WebHost.UseKestrelHttpsConfiguration();

        builder.WebHost.ConfigureKestrel(KestrelLimits.Set);

        ConsoleLog.Configure(builder);

        // Kestrel quotes malformed header lines here, and a slip in an Authorization header makes one.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None);
        return builder;
    }
}
