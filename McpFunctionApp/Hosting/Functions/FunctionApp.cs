using McpFunctionApp.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>The app as an Azure Functions isolated worker, with ASP.NET Core's <see cref="HttpContext"/> in its
/// functions.</summary>
public static class FunctionApp
{
    /// <exception cref="SettingsException">The configuration is faulty.</exception>
    public static IHost Build(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        AddSettingsFiles(builder.Configuration, builder.Environment.EnvironmentName);
        var settings = new SettingsReader(builder.Configuration);

        // Added before the worker's own server, the sample starts before the first request and stops after the last.
        SampleServer.AddWhereEnabled(builder, settings);
        builder.UseMiddleware(GoneClient.EndBeforeStartAsync);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware(GoneClient.EndInFlightAsync);
        builder.Services.Configure<KestrelServerOptions>(KestrelLimits.Set);
        builder.Services.AddMcpFunctionApp(settings);
        WorkerTelemetry.AddWhereOn(builder.Services);

        var host = builder.Build();
        SettingsNotes.WriteTo(host.Services);
        TelemetryNote.WriteTo(host.Services);
        AddressNote.WriteTo(host.Services);
        return host;
    }

    /// <summary>The settings files beside the assembly, whatever the current folder is; every other source wins over
    /// them.</summary>
    internal static void AddSettingsFiles(IConfigurationBuilder configuration, string environment)
    {
        var folder = new PhysicalFileProvider(AppContext.BaseDirectory);
        configuration.Sources.Insert(0, Of("appsettings.json"));
        configuration.Sources.Insert(1, Of($"appsettings.{environment}.json"));

        JsonConfigurationSource Of(string file) =>
            new()
            {
                FileProvider = folder,
                Path = file,
                Optional = true,
            };
    }
}
