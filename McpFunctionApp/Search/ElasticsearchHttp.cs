using System.Net;
using System.Net.Http.Headers;
using McpFunctionApp.Callers;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Search;

/// <summary>The HTTP client for Elasticsearch, and what it is asked.</summary>
internal static class ElasticsearchHttp
{
    public const string Name = "elasticsearch";

    // A search beyond these waits for a connection within its own limit: callers cannot open any number of them.
    private const int MaxConnections = 64;

    public static IServiceCollection AddElasticsearchHttp(this IServiceCollection services)
    {
        services
            .AddPlainHttp(Name)
            .UseSocketsHttpHandler(
                (handler, _) =>
                {
                    handler.AutomaticDecompression = DecompressionMethods.All;
                    handler.MaxConnectionsPerServer = MaxConnections;
                }
            );
        return services;
    }

    /// <summary>A search with this server's own credentials, which nothing but this request is given.</summary>
    public static HttpRequestMessage Request(SearchOptions options, EntityType type, ReadOnlyMemory<byte> body)
    {
        // Half a result would be shown as if it were the whole: a shard that fails shall fail the search.
        var url = new Uri(options.Url, $"{type.Index}/_search?allow_partial_search_results=false");
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = options.Credentials;
        return request;
    }
}
