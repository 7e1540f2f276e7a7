using McpFunctionApp.Administration;
using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>Whether the process lives.</summary>
public static class HealthFunction
{
    [Function("Health")]
    public static Task RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request) =>
        HealthEndpoint.LiveAsync(request.HttpContext);
}
