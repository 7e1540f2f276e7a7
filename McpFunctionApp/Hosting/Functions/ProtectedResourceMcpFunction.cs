using McpFunctionApp.Admission;
using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>Where to sign in, at the address that belongs to the MCP endpoint.</summary>
public sealed class ProtectedResourceMcpFunction(ProtectedResourceEndpoint resource)
{
    [Function("ProtectedResourceMcp")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ".well-known/oauth-protected-resource/mcp")] HttpRequest request
    ) => resource.DescribeAsync(request.HttpContext);
}
