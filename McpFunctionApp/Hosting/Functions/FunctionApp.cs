using McpFunctionApp.Settings;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>The app as an Azure Functions isolated worker, with ASP.NET Core's <see cref="HttpContext"/> in its functions.</summary>
public static class FunctionApp
{
    /// <exception cref="SettingsException">The configuration is faulty.</exception>
    public static IHost Build(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        AddSettingsFiles(builder.Configuration, builder.Environment.EnvironmentName);
        builder.Services.AddMcpFunctionApp(new SettingsReader(builder.Configuration));

        var host = builder.Build();
        SettingsNotes.WriteTo(host.Services);
        AddressNote.WriteTo(host.Services);
        return host;
    }

    /// <summary>The settings files beside the assembly, whatever the current folder is; every other source wins over them.</summary>
    internal static void AddSettingsFiles(IConfigurationBuilder configuration, string environment)
    {
        var folder = new PhysicalFileProvider(AppContext.BaseDirectory);
        configuration.Sources.Insert(0, new JsonConfigurationSource { FileProvider = folder, Path = "appsettings.json", Optional = true });
        configuration.Sources.Insert(1, new JsonConfigurationSource { FileProvider = folder, Path = $"appsettings.{environment}.json", Optional = true });
    }
}
