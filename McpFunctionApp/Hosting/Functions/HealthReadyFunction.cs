using McpFunctionApp.Administration;
using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>Whether what the app depends on can be reached.</summary>
public sealed class HealthReadyFunction(HealthEndpoint health)
{
    [Function("HealthReady")]
    public Task RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request) =>
        health.ReadyAsync(request.HttpContext);
}
