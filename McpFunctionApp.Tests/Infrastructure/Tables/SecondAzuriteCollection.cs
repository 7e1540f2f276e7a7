namespace McpFunctionApp.Tests.Infrastructure.Tables;

/// <summary>The tests that share another Azurite, so that they run beside those of <see cref="AzuriteCollection"/>.</summary>
[CollectionDefinition(Name)]
public sealed class SecondAzuriteCollection : ICollectionFixture<AzuriteServer>
{
    public const string Name = "Second Azurite";
}
