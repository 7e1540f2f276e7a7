using McpFunctionApp.Administration;
using McpFunctionApp.Admission;
using McpFunctionApp.Endpoint;
using McpFunctionApp.Messages;
using McpFunctionApp.Page;
using McpFunctionApp.Sample;
using McpFunctionApp.Sample.Search;
using McpFunctionApp.Settings;
using McpFunctionApp.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>The app on plain Kestrel: for development, tests, and one machine.</summary>
public static class KestrelApp
{
    private const int BytesPerConnection = 65_536;

    // Connections that nobody has accepted yet. Of a crowd that is larger the system drops some, which try again seconds later.
    private const int Backlog = 4_096;

    /// <param name="configure">Changes the builder before it is built: tests listen elsewhere and collect the log.</param>
    /// <exception cref="SettingsException">The configuration is faulty.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = CreateBuilder(args);
        configure?.Invoke(builder);
        ListenAddresses.UseDefault(builder, 7071);
        var settings = new SettingsReader(builder.Configuration);
        var addresses = ListenAddresses.Read(builder.Configuration, settings);
        var sample = SampleSwitch.Apply(builder, settings, addresses);

        var adminKey = AdminKey.Read(settings);
        builder.Services.AddMcpFunctionApp(settings);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<EndpointOptions>(LimitConnections);
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = Backlog);
        builder
            .Services.AddHostedService<PurgeService>()
            .AddSingleton(provider => new AdminKey(
                adminKey,
                provider.GetRequiredService<EndpointOptions>().ClientAddressHeader,
                provider.GetRequiredService<RefusalLog>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<AdminKey>>()
            ));
        builder.Services.AddCors().AddSingleton<ICorsPolicyProvider, OriginPolicy>();
        if (sample)
        {
            builder.Services.AddSampleFormApi().AddSampleElasticsearch();
            SampleSettings.MarkWhereOffered(builder);
        }

        var app = builder.Build();
        app.UseMiddleware<LoopbackHostGuard>();
        app.Use(OriginPolicy.ForRequestsWithOrigin(app.Services));
        app.Use(McpRoute.BeforeOthers(app.Services.GetRequiredService<McpEndpoint>().HandleAsync));
        app.UseRouting();
        app.MapMcpFunctionApp();
        if (sample)
        {
            app.MapSampleFormApi().MapSampleElasticsearch();
        }

        StartBanner.PrintWhenStarted(app, sample);

        // Only then, too: a start that fails says nothing but why.
        var isLoopbackOnly = addresses.All(address => !address.IsUnixPipe && Loopback.IsHost(address.Host));
        app.Lifetime.ApplicationStarted.Register(() => WriteNotes(app.Services, isLoopbackOnly));
        return app;
    }

    private static void WriteNotes(IServiceProvider services, bool isLoopbackOnly)
    {
        SettingsNotes.WriteTo(services);
        TelemetryNote.WriteTo(services);
        if (isLoopbackOnly)
        {
            AddressNote.WriteTo(services);
        }
    }

    public static void MapMcpFunctionApp(this WebApplication app)
    {
        var admin = app.Services.GetRequiredService<AdminKey>();
        var cache = app.Services.GetRequiredService<CacheEndpoint>();
        var health = app.Services.GetRequiredService<HealthEndpoint>();
        var requests = app.Services.GetRequiredService<RequestsEndpoint>();
        var resource = app.Services.GetRequiredService<ProtectedResourceEndpoint>();

        if (app.Services.GetRequiredService<EndpointOptions>().Page)
        {
            app.Map("/", app.Services.GetRequiredService<PageEndpoint>().AnswerAsync);
        }

        app.Map(McpRoute.Path, app.Services.GetRequiredService<McpEndpoint>().HandleAsync);
        app.MapGet(ProtectedResource.WellKnownPath, resource.DescribeAsync);
        app.MapGet($"{ProtectedResource.WellKnownPath}/mcp", resource.DescribeAsync);
        app.MapGet("/health", HealthEndpoint.LiveAsync);
        app.MapGet("/health/ready", health.ReadyAsync);
        app.MapGet("/cache", admin.Guard(cache.ReportAsync));
        app.MapDelete("/cache", admin.Guard(cache.InvalidateAsync));
        app.MapDelete("/cache/me", cache.DropMineAsync);
        app.MapGet("/requests", admin.Guard(requests.ExportAsync));
    }

    /// <summary>What a connection may hold in the server's own buffers: with its default of 1 MiB, 600 senders who stop fill 600
    /// MB.</summary>
    private static void LimitConnections(KestrelServerOptions kestrel, EndpointOptions endpoint)
    {
        kestrel.Limits.MaxRequestBufferSize = BytesPerConnection;
        kestrel.Limits.MaxResponseBufferSize = BytesPerConnection;
        kestrel.Limits.MaxConcurrentConnections = endpoint.MaxConnections;
    }

    internal static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // Settings files lie beside the assembly, whatever the current folder is. The slim builder reads the same settings
        // and starts faster; of what it leaves out, only https endpoints are of use here.
        var options = new WebApplicationOptions { Args = Switches.WithoutOwn(args), ContentRootPath = AppContext.BaseDirectory };
        var builder = WebApplication.CreateSlimBuilder(options);
        builder.WebHost.UseKestrelHttpsConfiguration();

        builder.WebHost.ConfigureKestrel(KestrelLimits.Set);
        // What is read of a socket ahead of the request is the transport's own setting, beside Kestrel's limits: 1 MiB by
        // default.
        builder.WebHost.UseSockets(sockets => sockets.MaxReadBufferSize = BytesPerConnection);

        ConsoleLog.Configure(builder);

        // Kestrel quotes malformed header lines here, and a slip in an Authorization header makes one.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None);
        return builder;
    }
}
