using McpFunctionApp.Administration;
using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>The cache's statistics (<c>GET</c>) and its invalidation (<c>DELETE</c>), by a function key.</summary>
public sealed class CacheFunction(CacheEndpoint cache)
{
    [Function("Cache")]
    public Task RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", "delete", Route = "cache")] HttpRequest request) =>
        HttpMethods.IsDelete(request.Method)
            ? cache.InvalidateAsync(request.HttpContext)
            : cache.ReportAsync(request.HttpContext);
}
