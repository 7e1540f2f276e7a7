using McpFunctionApp.Messages;
using McpFunctionApp.Replies;
using McpFunctionApp.Settings;
using McpFunctionApp.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// On a server that listens on loopback only, refuses requests that name another host: a web page whose name was
/// pointed at this machine (DNS rebinding) is such a one. Names in <c>Endpoint:AllowedHosts</c> are allowed, too. Behind a
/// public name there is no such rule.
/// </summary>
internal sealed class LoopbackHostGuard(RequestDelegate next, IServer server, EndpointOptions options, RefusalLog refusals)
{
    private readonly Lazy<bool> _isLoopbackOnly = new(() => IsLoopbackOnly(server));

    public Task InvokeAsync(HttpContext context) =>
        _isLoopbackOnly.Value && !IsAllowed(context.Request.Host.Host) ? RefuseAsync(context) : next(context);

    private Task RefuseAsync(HttpContext context)
    {
        var rejection = new Rejection(
            StatusCodes.Status403Forbidden,
            Rejection.InvalidRequest,
            "This server listens on this machine only: call it as localhost, or add the name to Endpoint:AllowedHosts."
        );
        refusals.Note(rejection.Status, rejection.Message);
        return rejection.WriteAsync(context);
    }

    private bool IsAllowed(string host) => Loopback.IsHost(host) || options.AllowedHosts.Contains(host.Trim('[', ']'));

    private static bool IsLoopbackOnly(IServer server) =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } addresses
        && addresses.All(address => Loopback.IsHost(BindingAddress.Parse(address).Host));
}
