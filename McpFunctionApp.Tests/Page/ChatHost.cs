using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Page;

/// <summary>Serves the chat of the folder <c>browser</c> and, at an origin of its own, the sandbox for views.</summary>
internal sealed class ChatHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ChatHost(WebApplication app) => _app = app;

    public string Chat => $"{_app.Urls.First()}/host.html";

    public string Sandbox => $"{_app.Urls.Last()}/sandbox.html";

    public static async Task<ChatHost> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0);
                kestrel.Listen(IPAddress.Loopback, 0);
            });
        builder.Logging.ClearProviders();
        var host = new ChatHost(builder.Build());
        host._app.Map(
            "/favicon.ico",
            nothing =>
                nothing.Run(context =>
                {
                    context.Response.StatusCode = 204;
                    return Task.CompletedTask;
                })
        );
        host._app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(BrowserRig.Folder),
                OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "max-age=3600",
            }
        );
        await host._app.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }
}
