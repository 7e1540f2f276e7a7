using System.Diagnostics;
using System.Diagnostics.Metrics;
using McpFunctionApp.Administration;
using McpFunctionApp.Admission;
using McpFunctionApp.Arguments;
using McpFunctionApp.Asking;
using McpFunctionApp.Callers;
using McpFunctionApp.Callers.Exchange;
using McpFunctionApp.Catalog;
using McpFunctionApp.Endpoint;
using McpFunctionApp.Execution;
using McpFunctionApp.FormApi;
using McpFunctionApp.Lookups;
using McpFunctionApp.Messages;
using McpFunctionApp.Page;
using McpFunctionApp.Replies;
using McpFunctionApp.Schemas;
using McpFunctionApp.Search;
using McpFunctionApp.Settings;
using McpFunctionApp.Storage;
using McpFunctionApp.Telemetry;
using McpFunctionApp.Tickets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Server;

namespace McpFunctionApp;

/// <summary>The table of contents: every room of the app, in the order in which a request passes them.</summary>
public static class McpFunctionAppBuilder
{
    // The framework's own.
    private static readonly TimeSpan s_shortestStop = TimeSpan.FromSeconds(30);

    /// <exception cref="SettingsException">The configuration is faulty; the message lists every fault.</exception>
    public static IServiceCollection AddMcpFunctionApp(this IServiceCollection services, IConfiguration configuration) =>
        services.AddMcpFunctionApp(new SettingsReader(configuration));

    /// <param name="settings">With the faults that its host has already found, so that all are named at once.</param>
    /// <exception cref="SettingsException">The configuration is faulty; the message lists every fault.</exception>
    public static IServiceCollection AddMcpFunctionApp(this IServiceCollection services, SettingsReader settings)
    {
        var endpoint = EndpointOptions.Read(settings);
        var rateLimit = RateLimitOptions.Read(settings);
        var callers = CallerOptions.Read(settings);
        var schemas = SchemaOptions.Read(settings);
        var forms = FormOptions.ReadAll(settings, schemas.MaxAdapterBytes);
        TokenRules.Check(settings, forms, callers);
        var execution = ExecutionOptions.Read(settings);
        var staticTools = StaticToolsOptions.Read(settings);
        var search = SearchOptions.Read(settings);
        var telemetry = TelemetryOptions.Read(settings);
        var hasTable = services.AddTableStore(settings);
        settings.FaultMisspelt();
        settings.ThrowIfFaulty();

        // Stopping waits for what form APIs have been sent, and then for what is still to be written.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit(forms));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        return services
            .AddEndpoint(endpoint, rateLimit)
            .AddCallers(callers)
            .AddExchange(callers.Client, schemas.FailureTtl)
            .AddCatalog(staticTools)
            .AddAsking(hasTable)
            .AddExecution(endpoint, execution, hasTable)
            .AddSearch(search)
            .AddSchemas(forms, schemas, hasTable)
            .AddTelemetry(telemetry);
    }

    private static TimeSpan StopLimit(IReadOnlyList<FormOptions> forms)
    {
        var longest = forms.Max(form => form.Timeout) + TimeSpan.FromSeconds(5);
        return longest > s_shortestStop ? longest : s_shortestStop;
    }

    private static IServiceCollection AddEndpoint(
        this IServiceCollection services,
        EndpointOptions options,
        RateLimitOptions rateLimit
    ) =>
        services
            .AddSingleton(options)
            .AddSingleton(rateLimit)
            .AddSingleton(provider => new BytesInFlight(options.MaxBytesInFlight, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new RequestLimiter(
                rateLimit,
                options.ClientAddressHeader,
                provider.GetRequiredService<AcceptedTokens>(),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<CallerAdmission>()
            .AddSingleton<AuditLog>()
            .AddSingleton<ToolHandlers>()
            .AddSingleton<PromptHandlers>()
            .AddSingleton(provider =>
                ServerSetup.Create(
                    provider.GetRequiredService<ToolHandlers>(),
                    provider.GetRequiredService<PromptHandlers>(),
                    provider.GetRequiredService<IReadOnlyList<FormOptions>>().Any(form => form.DraftTool is not null)
                )
            )
            .AddSingleton(provider => new PageEndpoint(
                new PageOptions(
                    provider.GetRequiredService<McpServerOptions>().ServerInfo!.Version,
                    provider.GetRequiredService<CallerOptions>().SignIn.Mode != CallerMode.Fallback,
                    provider.GetService<Demonstration>() is not null
                )
            ))
            .AddSingleton<DirectAnswers>()
            .AddSingleton<EndpointLog>()
            .AddSingleton<SdkAnswers>()
            .AddSingleton<LargeMessages>()
            .AddSingleton<MessageReader>()
            .AddSingleton<MessageAnswers>()
            .AddSingleton<McpEndpoint>()
            .AddSingleton<ProtectedResourceEndpoint>()
            .AddSingleton<AppInstance>()
            .AddHostedService(provider => provider.GetRequiredService<AppInstance>())
            .AddSingleton<CacheEndpoint>()
            .AddSingleton<HealthEndpoint>()
            .AddSingleton<RequestsEndpoint>()
            .AddSingleton<PurgeJob>();

    private static IServiceCollection AddCallers(this IServiceCollection services, CallerOptions options)
    {
        services.AddSingleton(options).AddSingleton<CallerReader>().AddSingleton<AcceptedTokens>();
        return options.Authority is { } authority
            ? services.AddAuthorityHttp().AddSingleton(authority).AddSingleton<AuthorityKeys>().AddSingleton<TokenVerifier>()
            : services;
    }

    private static IServiceCollection AddExchange(this IServiceCollection services, ClientOptions? client, TimeSpan failureTtl)
    {
        services
            .AddSingleton<ExchangeAudit>()
            .AddSingleton<ExchangeLog>()
            .AddSingleton(provider => new FormTokens(
                failureTtl,
                provider.GetRequiredService<ExchangeLog>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetService<TokenExchange>()
            ));
        return client is null ? services : services.AddSingleton(client).AddSingleton<TokenExchange>();
    }

    private static IServiceCollection AddCatalog(this IServiceCollection services, StaticToolsOptions staticTools) =>
        services
            .AddSingleton(staticTools)
            .AddSingleton<StaticTools>()
            .AddSingleton<FallbackLog>()
            .AddSingleton<CallerForms>()
            .AddSingleton<ListedForms>()
            .AddSingleton<FormTools>()
            .AddSingleton<ToolCatalog>();

    private static IServiceCollection AddAsking(this IServiceCollection services, bool hasTable)
    {
        if (hasTable)
        {
            services.AddSingleton<KeyTable>();
        }

        return services
            .AddSingleton<KeyRing>()
            .AddSingleton<Sealer>()
            .AddSingleton<Claims>()
            .AddSingleton<SubmitOnce>()
            .AddSingleton<DraftKeys>()
            .AddSingleton<Rounds>()
            .AddSingleton<Continuation>()
            .AddSingleton<FormTool>()
            .AddSingleton<DraftTool>()
            .AddSingleton<OptionSearches>()
            .AddSingleton<FindOptionsTool>()
            .AddSingleton<FormPrompt>();
    }

    private static IServiceCollection AddExecution(
        this IServiceCollection services,
        EndpointOptions endpoint,
        ExecutionOptions options,
        bool hasTable
    )
    {
        services
            .AddSingleton(options)
            .AddSingleton(new ArgumentReader(endpoint.IgnoredArguments))
            .AddSingleton<FormSubmission>()
            .AddSingleton<RequestRecord>()
            .AddSingleton<SubmissionsUnderWay>()
            .AddHostedService(provider => provider.GetRequiredService<SubmissionsUnderWay>());
        if (hasTable)
        {
            services.AddSingleton<RequestTable>();
        }

        return services.AddSingleton(provider => new ToolExecutionRouter(
            provider
                .GetRequiredService<IReadOnlyList<FormOptions>>()
                .Where(form => form.SubmitUrl is not null)
                .ToDictionary(form => form.Tool, IFormCallHandler (_) => provider.GetRequiredService<FormSubmission>()),
            hasTable ? provider.GetRequiredService<RequestTable>() : provider.GetRequiredService<RequestRecord>()
        ));
    }

    private static IServiceCollection AddSearch(this IServiceCollection services, SearchOptions? options) =>
        options is null
            ? services
            : services
                .AddElasticsearchHttp()
                .AddSingleton(options)
                .AddSingleton<ElasticsearchClient>()
                .AddSingleton<EntitySearch>()
                .AddSingleton<SearchTools>();

    private static IServiceCollection AddSchemas(
        this IServiceCollection services,
        IReadOnlyList<FormOptions> forms,
        SchemaOptions options,
        bool hasTable
    )
    {
        services
            .AddFormApiHttp()
            .AddSingleton(forms)
            .AddSingleton(options)
            .AddSingleton<SharedForms>()
            .AddSingleton<SchemaMemory>()
            .AddSingleton<OriginPlaces>()
            .AddSingleton<SchemaOrigin>()
            .AddSingleton<ExchangingOrigin>()
            .AddSingleton<FormFetch>()
            .AddSingleton(new CachedForms(forms, options.MemoryTtl, options.FailureTtl))
            .AddSingleton<FormSchemas>();
        return hasTable
            ? services.AddSingleton<TableWrites>().AddHostedService<TableWritesDrain>().AddSingleton<SchemaTable>()
            : services;
    }

    private static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions? options)
    {
        services
            .AddMetrics()
            .AddSingleton<DistributedContextPropagator, TraceContext>()
            .AddSingleton<CacheCounters>()
            .AddSingleton<RefusalLog>()
            .AddSingleton(provider => new AppMetrics(
                provider.GetRequiredService<IMeterFactory>(),
                provider.GetRequiredService<CacheCounters>(),
                provider.GetRequiredService<SchemaMemory>().Usage
            ));
        return options is null ? services : services.AddSingleton(options).AddTelemetryExport(options);
    }
}
