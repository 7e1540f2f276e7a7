using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;

namespace McpFunctionApp.Callers;

/// <summary>The HTTP client for the authority's metadata and keys: no cookies, no redirects, little patience, bounded answers.</summary>
internal static class AuthorityHttp
{
    private const string Name = "authority";

    public static IServiceCollection AddAuthorityHttp(this IServiceCollection services)
    {
        services.AddHttpClient(Name, client =>
            {
                client.Timeout = TimeSpan.FromSeconds(5);
                client.MaxResponseContentBufferSize = 1_048_576;
            })
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.UseCookies = false;
                handler.Proxy = new EncryptedProxy();
                handler.AllowAutoRedirect = false;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services;
    }

    /// <summary>Where the authority is https, so must be its keys' address, which its metadata names.</summary>
    public static HttpDocumentRetriever CreateRetriever(this IHttpClientFactory http, Uri metadata) =>
        new(http.CreateClient(Name)) { RequireHttps = metadata.Scheme == Uri.UriSchemeHttps, SendAdditionalHeaderData = false };
}
