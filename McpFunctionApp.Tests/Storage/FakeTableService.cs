using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Storage;

/// <summary>A real HTTP server on 127.0.0.1 that answers as a table service in trouble does: a test gives one answer per attempt,
/// the last for all after it.</summary>
internal sealed class FakeTableService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<HttpContext, Task>[] _answers;
    private readonly ConcurrentQueue<string> _requests = new();

    private FakeTableService(WebApplication app, Func<HttpContext, Task>[] answers)
    {
        _app = app;
        _answers = answers;
    }

    /// <summary>Method, path and query of every request, in order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public ConcurrentQueue<IHeaderDictionary> Headers { get; } = new();

    public string ConnectionString => $"AccountName=fake;AccountKey=a2V5;TableEndpoint={_app.Urls.First()}/fake";

    public static async Task<FakeTableService> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var service = new FakeTableService(builder.Build(), answers);
        service._app.Run(service.HandleAsync);
        await service._app.StartAsync();
        return service;
    }

    public static Func<HttpContext, Task> Row(string json = """{"PartitionKey":"p","RowKey":"r"}""") => Status(200, body: json);

    public static Func<HttpContext, Task> Status(int status, string? code = null, string? retryAfter = null, string body = "") =>
        async context =>
        {
            context.Response.StatusCode = status;
            if (code is not null)
            {
                context.Response.Headers["x-ms-error-code"] = code;
            }

            if (retryAfter is not null)
            {
                context.Response.Headers.RetryAfter = retryAfter;
            }

            // Of a 204, an empty one is a fault too, for which Kestrel closes the connection.
            if (body.Length > 0)
            {
                await context.Response.WriteAsync(body);
            }
        };

    public static Task Reset(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Promises a body, sends half of it and breaks off.</summary>
    public static async Task HalfAnAnswer(HttpContext context)
    {
        context.Response.ContentLength = 100;
        await context.Response.WriteAsync("""{"PartitionKey":"p",""");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        _requests.Enqueue(
            $"{context.Request.Method} "
                + $"{context.Request.Path.Value?.Replace("/fake", "", StringComparison.Ordinal)}{context.Request.QueryString}"
        );
        // A copy: Kestrel uses the collection again for the next request.
        Headers.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)));
        await _answers[Math.Min(_requests.Count, _answers.Length) - 1](context);
    }
}
