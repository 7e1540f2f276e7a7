using Azure.Data.Tables;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Storage;

/// <summary>The contract, kept by the implementation on the real Azure.Data.Tables.</summary>
public sealed class AzureTableContractTests(AzuriteServer azurite) : TableStoreContractTests(azurite)
{
    protected override ITableStore Open(string connectionString) => OpenedStore.Of(connectionString);

    protected override Task DeleteTableAsync(string connectionString, string table) => new TableServiceClient(connectionString).DeleteTableAsync(table);
}
