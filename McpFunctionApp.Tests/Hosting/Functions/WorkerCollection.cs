namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>The tests that share a worker with a table; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class WorkerCollection : ICollectionFixture<WorkerWorld>
{
    public const string Name = "Worker";
}
