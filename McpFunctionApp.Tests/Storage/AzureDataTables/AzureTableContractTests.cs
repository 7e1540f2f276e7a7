using Azure.Data.Tables;
using McpFunctionApp.Settings;
using McpFunctionApp.Storage;
using McpFunctionApp.Storage.AzureDataTables;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;

namespace McpFunctionApp.Tests.Storage.AzureDataTables;

/// <summary>The contract, kept by the implementation on the real Azure.Data.Tables.</summary>
public sealed class AzureTableContractTests(AzuriteServer azurite) : TableStoreContractTests(azurite)
{
    protected override ITableStore Open(string connectionString)
    {
        var settings = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("TableStorage", (string?)connectionString)]).Build());
        var client = TableAccount.Read(settings);
        settings.ThrowIfFaulty();
        return new AzureTableStore(client!);
    }

    protected override Task DeleteTableAsync(string connectionString, string table) => new TableServiceClient(connectionString).DeleteTableAsync(table);
}
