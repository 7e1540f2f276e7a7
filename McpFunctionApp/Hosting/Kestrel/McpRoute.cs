using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// Matches the endpoint's own spelling before all other routes: it is what nearly every request asks for, and a start does
/// not pay for the table of routes, which is made with the first request that needs it.
/// </summary>
internal static class McpRoute
{
    public const string Path = "/mcp";

    public static Func<RequestDelegate, RequestDelegate> BeforeOthers(RequestDelegate handle)
    {
        // Telemetry names a request by its endpoint.
        var endpoint = new RouteEndpointBuilder(handle, RoutePatternFactory.Parse(Path), order: 0).Build();
        return next =>
            context =>
            {
                if (context.Request.Path.Value != Path)
                {
                    return next(context);
                }

                context.SetEndpoint(endpoint);
                return handle(context);
            };
    }
}
