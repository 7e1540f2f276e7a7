using McpFunctionApp.Administration;
using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>
/// The recorded requests of a day, which hold what people wrote: by a function key, of which each reader can have one of
/// its own that can be taken back, and not by the master key, which opens the whole host.
/// </summary>
public sealed class RequestsFunction(RequestsEndpoint requests)
{
    [Function("Requests")]
    public Task RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "requests")] HttpRequest request) =>
        requests.ExportAsync(request.HttpContext);
}
