using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Endpoint;
using McpFunctionApp.Execution;
using McpFunctionApp.Schemas;
using McpFunctionApp.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace McpFunctionApp;

/// <summary>The table of contents: every room of the app, in the order in which a request passes them.</summary>
public static class McpFunctionAppBuilder
{
    /// <exception cref="SettingsException">The configuration is faulty; the message lists every fault.</exception>
    public static IServiceCollection AddMcpFunctionApp(this IServiceCollection services, IConfiguration configuration) =>
        services.AddMcpFunctionApp(new SettingsReader(configuration));

    /// <param name="settings">With the faults that its host has already found, so that all are named at once.</param>
    /// <exception cref="SettingsException">The configuration is faulty; the message lists every fault.</exception>
    public static IServiceCollection AddMcpFunctionApp(this IServiceCollection services, SettingsReader settings)
    {
        var endpoint = EndpointOptions.Read(settings);
        var callers = CallerOptions.Read(settings);
        var forms = FormOptions.ReadAll(settings);
        var schemas = SchemaOptions.Read(settings);
        settings.ThrowIfFaulty();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        return services
            .AddEndpoint(endpoint)
            .AddCallers(callers)
            .AddCatalog()
            .AddExecution()
            .AddSchemas(forms, schemas);
    }

    private static IServiceCollection AddEndpoint(this IServiceCollection services, EndpointOptions options) => services
        .AddSingleton(options)
        .AddSingleton<ToolHandlers>()
        .AddSingleton(provider => ServerSetup.Create(provider.GetRequiredService<ToolHandlers>()))
        .AddSingleton<McpEndpoint>();

    private static IServiceCollection AddCallers(this IServiceCollection services, CallerOptions options) => services
        .AddSingleton(options)
        .AddSingleton<CallerReader>();

    private static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddSingleton<StaticTools>()
        .AddSingleton<FallbackLog>()
        .AddSingleton<ToolCatalog>();

    private static IServiceCollection AddExecution(this IServiceCollection services) => services
        .AddSingleton<FormSubmission>()
        .AddSingleton<RequestRecord>()
        .AddSingleton(provider => new ToolExecutionRouter(
            provider.GetRequiredService<IReadOnlyList<FormOptions>>()
                .Where(form => form.SubmitUrl is not null)
                .ToDictionary(form => form.Tool, IFormCallHandler (_) => provider.GetRequiredService<FormSubmission>()),
            provider.GetRequiredService<RequestRecord>()));

    private static IServiceCollection AddSchemas(this IServiceCollection services, IReadOnlyList<FormOptions> forms, SchemaOptions options) => services
        .AddFormApiHttp()
        .AddSingleton(forms)
        .AddSingleton(options)
        .AddSingleton<SchemaMemory>()
        .AddSingleton<SchemaOrigin>()
        .AddSingleton<FormSchemas>();
}
