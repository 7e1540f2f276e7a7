using McpFunctionApp.Settings;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>
/// Stands in for the Functions host: the app's real functions at their routes, over real HTTP on a free port of 127.0.0.1.
/// Like the host it answers 404 to a verb that a trigger does not declare, and asks for a key where the level says so.
/// </summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    public const string Key = "a-key-of-the-host";

    private readonly WebApplication _app;

    private FunctionsHost(WebApplication app, LogCollector log)
    {
        _app = app;
        Log = log;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Rpc = new RpcClient(Http);
    }

    public LogCollector Log { get; }

    public HttpClient Http { get; }

    public RpcClient Rpc { get; }

    public static async Task<FunctionsHost> StartAsync(Dictionary<string, string?> settings)
    {
        var log = new LogCollector();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddMcpFunctionApp(new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
        var app = builder.Build();
        foreach (var trigger in FunctionTrigger.All.Where(trigger => trigger.Http is not null))
        {
            app.Map($"/{trigger.Http!.Route}", context => InvokeAsync(trigger, context));
        }

        await app.StartAsync();
        return new FunctionsHost(app, log);
    }

    /// <summary>Fires a timer function.</summary>
    public Task FireAsync(string name)
    {
        var trigger = FunctionTrigger.All.Single(trigger => trigger.Name == name);
        return RunAsync(trigger, _app.Services, new TimerInfo(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static Task InvokeAsync(FunctionTrigger trigger, HttpContext context)
    {
        var isDeclared = trigger.Http!.Methods!.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase);
        var isAllowed = trigger.Http.AuthLevel == AuthorizationLevel.Anonymous || context.Request.Headers["x-functions-key"] == Key;
        if (isDeclared && isAllowed)
        {
            return RunAsync(trigger, context.RequestServices, context.Request);
        }

        context.Response.StatusCode = isDeclared ? StatusCodes.Status401Unauthorized : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task RunAsync(FunctionTrigger trigger, IServiceProvider services, params object[] arguments)
    {
        var function = trigger.Method.IsStatic ? null : ActivatorUtilities.CreateInstance(services, trigger.Method.DeclaringType!);
        return (Task)trigger.Method.Invoke(function, arguments)!;
    }
}
