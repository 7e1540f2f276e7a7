using McpFunctionApp.Admission;
using McpFunctionApp.Messages;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// CORS for the MCP endpoint and what clients read about signing in, by the same rule that decides whether an origin is served.
/// In Azure the platform does this.
/// </summary>
internal sealed class OriginPolicy(EndpointOptions options) : ICorsPolicyProvider
{
    private static readonly PathString[] s_paths = ["/mcp", ProtectedResource.WellKnownPath];
    private static readonly string[] s_headers = [HeaderNames.Authorization, HeaderNames.ContentType];

    /// <summary>
    /// The CORS middleware for requests that name an origin, made when the first one comes: others pass by, and a start
    /// does not pay for it.
    /// </summary>
    public static Func<RequestDelegate, RequestDelegate> ForRequestsWithOrigin(IServiceProvider services) =>
        next =>
        {
            var cors = new Lazy<RequestDelegate>(() => Create(next, services));
            return context => context.Request.Headers.Origin.Count == 0 ? next(context) : cors.Value(context);
        };

    public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        if (!s_paths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
        {
            return Task.FromResult<CorsPolicy?>(null);
        }

        // The policy can only list headers, and '*' would leave Authorization out: "any header" is spelled out from what is
        // asked for. An origin that may call may send what it likes, as any other client does.
        var asked = context
            .Request.Headers.AccessControlRequestHeaders.ToString()
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var policy = new CorsPolicyBuilder()
            .SetIsOriginAllowed(origin => HttpRules.IsAllowedOrigin(context.Request, origin, options))
            .WithMethods(HttpMethods.Post, HttpMethods.Get)
            .WithHeaders([.. s_headers.Union(asked, StringComparer.OrdinalIgnoreCase)])
            .WithExposedHeaders(HeaderNames.WWWAuthenticate)
            .Build();
        return Task.FromResult<CorsPolicy?>(policy);
    }

    private static RequestDelegate Create(RequestDelegate next, IServiceProvider services)
    {
        var policies = services.GetRequiredService<ICorsPolicyProvider>();
        var cors = new CorsMiddleware(
            next,
            services.GetRequiredService<ICorsService>(),
            services.GetRequiredService<ILoggerFactory>()
        );
        return context => cors.Invoke(context, policies);
    }
}
