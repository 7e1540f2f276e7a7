using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Storage;

/// <summary>Finishes the writes under way when the process stops, within the host's own limit for stopping.</summary>
internal sealed class TableWritesDrain(TableWrites writes) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => writes.DrainAsync(cancellationToken);
}
