using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;

namespace McpFunctionApp.Callers;

/// <summary>The HTTP clients for the authority, its metadata and keys, and its tokens: little patience, bounded
/// answers.</summary>
internal static class AuthorityHttp
{
    /// <summary>For tokens, of which none is larger than 64 KiB.</summary>
    public const string TokenClient = "authority-token";

    private const string Name = "authority";
    private const int MaxConnections = 64;

    public static IServiceCollection AddAuthorityHttp(this IServiceCollection services)
    {
        services.AddClient(Name, 1_048_576, TimeSpan.FromSeconds(5));
        services.AddClient(TokenClient, 65_536, TimeSpan.FromSeconds(10));
        return services;
    }

    /// <summary>Where the authority is https, so must be its keys' address, which its metadata names.</summary>
    public static HttpDocumentRetriever CreateRetriever(this IHttpClientFactory http, Uri metadata) =>
        new(http.CreateClient(Name)) { RequireHttps = metadata.Scheme == Uri.UriSchemeHttps, SendAdditionalHeaderData = false };

    private static void AddClient(this IServiceCollection services, string name, long limit, TimeSpan patience) =>
        services
            .AddPlainHttp(name, patience)
            .ConfigureHttpClient(client => client.MaxResponseContentBufferSize = limit)
            .UseSocketsHttpHandler((handler, _) => handler.MaxConnectionsPerServer = MaxConnections);
}
