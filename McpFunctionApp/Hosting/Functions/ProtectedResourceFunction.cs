using McpFunctionApp.Admission;
using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>Where to sign in, at the address that belongs to the server as a whole.</summary>
public sealed class ProtectedResourceFunction(ProtectedResourceEndpoint resource)
{
    [Function("ProtectedResource")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ".well-known/oauth-protected-resource")] HttpRequest request
    ) => resource.DescribeAsync(request.HttpContext);
}
