namespace McpFunctionApp.Tests.Infrastructure.Tables;

/// <summary>The tests that share an Azurite; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteServer>
{
    public const string Name = "Azurite";
}
