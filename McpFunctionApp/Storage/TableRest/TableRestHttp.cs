using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Storage.TableRest;

/// <summary>The HTTP client for the table service: no cookies, no redirects, no log lines of the HTTP library, which would hold addresses and keys of rows.</summary>
public static class TableRestHttp
{
    public const string Name = "table";

    // The service itself gives up on a request after 30 s.
    private static readonly TimeSpan s_longestExchange = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddTableRestHttp(this IServiceCollection services)
    {
        services.AddHttpClient(Name, client => client.Timeout = s_longestExchange)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.UseCookies = false;
                handler.AllowAutoRedirect = false;
                handler.ConnectTimeout = TimeSpan.FromSeconds(5);
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services;
    }
}
