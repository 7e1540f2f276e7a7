using McpFunctionApp.Endpoint;
using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>The MCP endpoint. Anonymous at the host, because the caller's own token is what counts.</summary>
public sealed class McpFunction(McpEndpoint endpoint)
{
    [Function("Mcp")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "delete", Route = "mcp")] HttpRequest request
    ) => endpoint.HandleAsync(request.HttpContext);
}
