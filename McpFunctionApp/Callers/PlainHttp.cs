using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Callers;

/// <summary>
/// HTTP clients that carry somebody's token or credentials: no cookies, no redirects that would take them elsewhere, no log
/// lines of the HTTP library, no proxy that could read along, certificates verified as by default.
/// </summary>
internal static class PlainHttp
{
    /// <param name="patience">Null where each request has a limit of its own.</param>
    public static IHttpClientBuilder AddPlainHttp(this IServiceCollection services, string name, TimeSpan? patience = null) =>
        services
            .AddHttpClient(name, client => client.Timeout = patience ?? Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler(
                (handler, _) =>
                {
                    handler.UseCookies = false;
                    handler.Proxy = new EncryptedProxy();
                    handler.AllowAutoRedirect = false;
                    handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                }
            )
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
}
