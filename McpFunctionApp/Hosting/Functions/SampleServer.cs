using System.Net;
using System.Net.Sockets;
using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Messages;
using McpFunctionApp.Sample;
using McpFunctionApp.Sample.Search;
using McpFunctionApp.Settings;
using McpFunctionApp.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>
/// The sample form API and the sample search in a worker, on a loopback port of their own: the worker's HTTP side refuses
/// what does not come from the host, and what is no function cannot be reached from outside.
/// </summary>
internal sealed partial class SampleServer(
    Socket listener,
    EndpointOptions endpoint,
    RefusalLog refusals,
    ILoggerFactory logs,
    ILogger<SampleServer> logger
) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Adds the sample where its switch is on. Its port is taken at once, so that the settings can name it.</summary>
    public static void AddWhereEnabled(FunctionsApplicationBuilder builder, SettingsReader settings)
    {
        if (!SampleSettings.IsEnabled(settings, builder.Environment))
        {
            return;
        }

        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (!SampleSettings.HasForms(builder.Configuration))
        {
            SampleSettings.Use(builder.Configuration, $"http://{listener.LocalEndPoint}");
        }

        SampleSettings.MarkWhereOffered(builder);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<SampleServer>(services, listener));
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _app = Build();
        await _app.StartAsync(cancellationToken);
        LogStarted($"http://{listener.LocalEndPoint}");
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .UseSockets(options => options.CreateBoundListenSocket = _ => listener)
            .ConfigureKestrel(options => options.Listen((IPEndPoint)listener.LocalEndPoint!));
        builder
            .Services.AddRouting()
            .AddSingleton(logs)
            .AddSingleton(endpoint)
            .AddSingleton(refusals)
            .AddSampleFormApi()
            .AddSampleElasticsearch();

        var app = builder.Build();
        app.UseMiddleware<LoopbackHostGuard>();
        app.MapSampleFormApi().MapSampleElasticsearch();
        return app;
    }

    [LoggerMessage(
        6030,
        LogLevel.Warning,
        "This is a demonstration: the sample form API is on, at {Address} in this process. "
            + "What is submitted to it stays in this instance's memory."
    )]
    private partial void LogStarted(string address);
}
