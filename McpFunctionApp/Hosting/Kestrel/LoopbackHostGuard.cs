using McpFunctionApp.Endpoint;
using McpFunctionApp.Replies;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// On a server that listens on loopback only, refuses requests that name another host: a web page whose name was
/// pointed at this machine (DNS rebinding) is such a one. Behind a public name there is no such rule.
/// </summary>
internal sealed partial class LoopbackHostGuard(RequestDelegate next, IServer server, ILogger<LoopbackHostGuard> logger)
{
    private readonly Lazy<bool> _isLoopbackOnly = new(() => IsLoopbackOnly(server));

    public async Task InvokeAsync(HttpContext context)
    {
        if (_isLoopbackOnly.Value && !HttpRules.IsLoopback(context.Request.Host.Host))
        {
            LogRefused();
            await new Rejection(StatusCodes.Status403Forbidden, Rejection.InvalidRequest, "This server listens on this machine only: call it as localhost.").WriteAsync(context);
            return;
        }

        await next(context);
    }

    private static bool IsLoopbackOnly(IServer server) =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } addresses
        && addresses.All(address => HttpRules.IsLoopback(BindingAddress.Parse(address).Host));

    [LoggerMessage(6001, LogLevel.Warning, "A request that names another host than this machine was refused")]
    private partial void LogRefused();
}
