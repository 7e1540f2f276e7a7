namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>The tests that share the one Azurite of a test run; its tests run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteServer>
{
    public const string Name = "Azurite";
}
