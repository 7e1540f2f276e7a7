using System.Globalization;
using McpFunctionApp.Storage;
using McpFunctionApp.Storage.TableRest;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Storage.TableRest;

/// <summary>The contract, kept by the REST implementation.</summary>
public sealed class TableRestContractTests(AzuriteServer azurite) : TableStoreContractTests(azurite), IDisposable
{
    private readonly RestStore _stores = new();

    protected override ITableStore Open(string connectionString) => _stores.Open(connectionString);

    protected override async Task DeleteTableAsync(string connectionString, string table)
    {
        var connection = TableConnection.Read(connectionString, [])!;
        var address = new Uri($"{connection.Endpoint}/Tables('{table}')");
        var date = DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Delete, address);
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("Accept", "application/json;odata=nometadata");
        request.Headers.TryAddWithoutValidation("Authorization", SharedKeyLite.Authorization(connection.Account, connection.Key, date, address.AbsolutePath));
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _stores.Dispose();
}
