using McpFunctionApp.Administration;
using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>Forgets the forms of the bearer token that comes with the request.</summary>
public sealed class CacheMeFunction(CacheEndpoint cache)
{
    [Function("CacheMe")]
    public Task RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "cache/me")] HttpRequest request) =>
        cache.DropMineAsync(request.HttpContext);
}
