using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Administration;

/// <summary>This one of possibly many instances: a name that tells its reports from others', and when it started.</summary>
public sealed class AppInstance(TimeProvider time) : IHostedService
{
    /// <summary>12 hexadecimal digits, made up at the start.</summary>
    public string Name { get; } = Guid.NewGuid().ToString("N")[..12];

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>Nothing is to do: that it is started makes it as old as the app, and not as the first look at it.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
