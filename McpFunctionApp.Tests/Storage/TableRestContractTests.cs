using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Storage;

/// <summary>The contract, kept by the REST implementation.</summary>
public sealed class TableRestContractTests(AzuriteServer azurite) : TableStoreContractTests(azurite), IDisposable
{
    private readonly RestStore _stores = new();

    protected override ITableStore Open(string connectionString) => _stores.Open(connectionString);

    public void Dispose() => _stores.Dispose();
}
