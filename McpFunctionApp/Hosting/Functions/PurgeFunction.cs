using McpFunctionApp.Administration;
using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>Runs the purge once an hour, on one instance only. Not on the hour, when everybody's timers fire.</summary>
public sealed class PurgeFunction(PurgeJob job)
{
    [Function("Purge")]
    public Task RunAsync([TimerTrigger("0 17 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        job.RunAsync(cancellationToken);
}
