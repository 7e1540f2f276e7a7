using McpFunctionApp.Tests.FunctionsHost;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>The tests that share a worker with the sample alone; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SampleWorkerCollection : ICollectionFixture<SampleWorker>
{
    public const string Name = "Sample worker";
}

/// <summary>A worker that was given nothing but the sample, for tests that only use it.</summary>
public sealed class SampleWorker : IAsyncLifetime
{
    public const string Setting = "SampleFormApi:Enabled";

    internal WorkerHost Host { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Host = await WorkerHost.StartAsync(new Dictionary<string, string?> { [Setting] = "true" });

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
