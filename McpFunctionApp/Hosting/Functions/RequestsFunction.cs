using McpFunctionApp.Administration;
using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>The recorded requests of a day, by the host's admin key: they hold what people wrote.</summary>
public sealed class RequestsFunction(RequestsEndpoint requests)
{
    [Function("Requests")]
    public Task RunAsync([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "requests")] HttpRequest request) =>
        requests.ExportAsync(request.HttpContext);
}
