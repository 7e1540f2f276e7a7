using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>Stands between the app and Azurite, counts what passes, and makes trouble when told to.</summary>
internal sealed class TableProxy : IAsyncDisposable
{
    private static readonly string[] s_dropped =
    [
        "Host",
        "Connection",
        "Content-Length",
        "Transfer-Encoding",
        "Date",
        "Keep-Alive",
    ];

    private readonly WebApplication _app;
    private readonly HttpClient _azurite;
    private readonly ConcurrentQueue<string> _requests = new();

    private TableProxy(WebApplication app, AzuriteServer azurite)
    {
        _app = app;
        // Azurite closes idle connections after seconds: one that has waited may be gone when a request goes out on it.
        _azurite = new HttpClient(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1) })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{azurite.Port}"),
        };
    }

    /// <summary>Method and path of every request, in order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Sees every request first; where it answers true the request goes no further.</summary>
    public Func<HttpContext, Task<bool>> Before { get; set; } = _ => Task.FromResult(false);

    /// <summary>Sees every request after Azurite has answered it, and before the app hears of that.</summary>
    public Func<HttpContext, Task> After { get; set; } = _ => Task.CompletedTask;

    public string ConnectionString => ConnectionStringOf(new Uri(_app.Urls.First()).Port);

    /// <summary>Of one that listens there, or will.</summary>
    public static string ConnectionStringOf(int port) =>
        $"AccountName={AzuriteServer.Account};AccountKey={AzuriteServer.Key};TableEndpoint=http://127.0.0.1:{port}/"
        + $"{AzuriteServer.Account}";

    /// <param name="port">0: any that is free.</param>
    public static async Task<TableProxy> StartAsync(AzuriteServer azurite, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, port));
        builder.Logging.ClearProviders();
        var proxy = new TableProxy(builder.Build(), azurite);
        proxy._app.Run(proxy.HandleAsync);
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <summary>Every request ends like this, until <see cref="Heal"/>.</summary>
    public void Fail(Func<HttpContext, Task> answer) =>
        Before = async context =>
        {
            await answer(context);
            return true;
        };

    public void Heal() => Before = _ => Task.FromResult(false);

    public static bool IsGeneration(HttpContext context) =>
        context.Request.Path.Value!.Contains("'generation'", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
        _azurite.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        if (!await Before(context))
        {
            await ForwardAsync(context, body.ToArray());
        }
    }

    private async Task ForwardAsync(HttpContext context, byte[] body)
    {
        using var message = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            context.Features.Get<IHttpRequestFeature>()!.RawTarget
        );
        message.Content = body.Length > 0 ? new ByteArrayContent(body) : null;
        foreach (
            var (name, value) in context.Request.Headers.Where(header =>
                !s_dropped.Contains(header.Key, StringComparer.OrdinalIgnoreCase)
            )
        )
        {
            if (!message.Headers.TryAddWithoutValidation(name, (string?)value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, (string?)value);
            }
        }

        using var answer = await _azurite.SendAsync(message);
        var content = await answer.Content.ReadAsByteArrayAsync();
        await After(context);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (
            var (name, values) in answer
                .Headers.Concat(answer.Content.Headers)
                .Where(header => !s_dropped.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
        )
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (content.Length > 0)
        {
            // A 204 takes none, not even an empty one.
            await context.Response.Body.WriteAsync(content);
        }
    }
}
