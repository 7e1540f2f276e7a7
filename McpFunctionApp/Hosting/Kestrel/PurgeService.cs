using McpFunctionApp.Administration;
using McpFunctionApp.Storage;
using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>Runs the purge hourly while the process lives, where there is a table; in Azure a timer function does.</summary>
internal sealed class PurgeService(PurgeJob job, TimeProvider time, TableStore? store = null) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (store is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await job.RunAsync(stoppingToken);
        }
    }
}
