using System.Collections.Concurrent;
using System.Net;
using McpFunctionApp.Tests.FunctionsHost.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace McpFunctionApp.Tests.FunctionsHost;

/// <summary>How a request ended, as the host would log it.</summary>
/// <param name="Worker">What the worker says of the invocation; null where it has gone before it could.</param>
/// <param name="Forwarding">What went wrong between host, worker and client; anything but None makes the execution a failed
/// one.</param>
internal sealed record FunctionExecution(string Function, StatusResult.Types.Status? Worker, ForwarderError Forwarding);

/// <summary>The HTTP side of the host: routes, keys, and one invocation for each request.</summary>
internal sealed class HttpFront(Func<Task<Worker>> worker) : IAsyncDisposable
{
    private const int MaxBodyBytes = 100 * 1024 * 1024;

    private readonly ConcurrentQueue<FunctionExecution> _executions = new();
    private WebApplication? _app;
    private WorkerForwarder? _forwarder;

    public Uri Address => new(_app!.Urls.First());

    public IReadOnlyList<FunctionExecution> Executions => [.. _executions];

    /// <param name="port">Of 127.0.0.1; 0 is any that is free.</param>
    public async Task StartAsync(IEnumerable<IndexedFunction> functions, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
                kestrel.Listen(IPAddress.Loopback, port);
            });
        builder.Services.AddRouting().AddHttpForwarder();
        _app = builder.Build();
        _forwarder = new WorkerForwarder(_app.Services.GetRequiredService<IHttpForwarder>());
        _app.UseRouting();
        _app.Use(HideWrongVerbs);
        foreach (var function in functions.Where(function => function.IsHttp))
        {
            _app.MapMethods($"/{function.Route}", function.Verbs, context => InvokeAsync(context, function.Name));
        }

        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            using var limit = new CancellationTokenSource(TimeSpan.Zero);
            await _app.StopAsync(limit.Token);
            await _app.DisposeAsync();
            _forwarder!.Dispose();
        }
    }

    /// <summary>A verb that no trigger declares is an unknown address to the host, not a 405.</summary>
    private static Task HideWrongVerbs(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is null or RouteEndpoint)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task InvokeAsync(HttpContext context, string name)
    {
        // Like the host it waits while a worker is started in place of one that has ended.
        var current = await worker();
        var function = current.Functions.Single(function => function.Name == name);
        if (!HostKeys.Admit(function.Level, context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var request = Invocation.OfRequest(function, context.Request);
        var forwarding = _forwarder!.ForwardAsync(context, current.Http, request.InvocationId);
        var status = await AskAsync(current, request, context.RequestAborted);
        var execution = new FunctionExecution(name, status, await forwarding);
        _executions.Enqueue(execution);
        if (execution is not { Worker: StatusResult.Types.Status.Success, Forwarding: ForwarderError.None })
        {
            Fail(context);
        }
    }

    private static async Task<StatusResult.Types.Status?> AskAsync(
        Worker worker,
        InvocationRequest request,
        CancellationToken callerHasGone
    )
    {
        try
        {
            return (await worker.InvokeAsync(request, callerHasGone)).Status;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A failed execution is a 500, unless a part of the answer has gone out.</summary>
    private static void Fail(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
        }
        else
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }
}
