using McpFunctionApp.Callers;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Admission;

/// <summary>
/// <c>GET /.well-known/oauth-protected-resource</c>, alone and with <c>/mcp</c> behind it: tells clients where to sign in.
/// Where nobody is asked to, there is nothing.
/// </summary>
public sealed class ProtectedResourceEndpoint(CallerOptions options)
{
    public Task DescribeAsync(HttpContext context)
    {
        if (options.SignIn.Mode == CallerMode.Fallback)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (ProtectedResource.Of(context.Request, options.SignIn) is not { } resource)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return WholeAnswer.WriteAsync(
                context,
                new Refusal("The Host header is not a plain host name."),
                AppJson.Default.Refusal
            );
        }

        // It may depend on the Host header, and so on who asks: no cache may give it to somebody else.
        context.Response.Headers.CacheControl = "no-store";
        return WholeAnswer.WriteAsync(context, MetadataOf(resource), AppJson.Default.ResourceMetadata);
    }

    private ResourceMetadata MetadataOf(ProtectedResource resource) =>
        new(
            resource.Identifier,
            NullIfEmpty(options.SignIn.AuthorizationServers),
            NullIfEmpty(options.SignIn.Scopes),
            ["header"],
            "MCP Function App"
        );

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string> list) => list.Count == 0 ? null : list;
}
