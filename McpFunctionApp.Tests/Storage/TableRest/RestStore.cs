using McpFunctionApp.Storage;
using McpFunctionApp.Storage.TableRest;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Storage.TableRest;

/// <summary>Opens REST stores over the product's own HTTP client.</summary>
/// <param name="limit">How long one attempt may take; null: as long as in the product.</param>
internal sealed class RestStore(TimeSpan? limit = null) : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddTableRestHttp()
        .AddHttpClient(TableRestHttp.Name, client => client.Timeout = limit ?? client.Timeout).Services
        .BuildServiceProvider();

    public ITableStore Open(string connectionString, TimeProvider? time = null)
    {
        var faults = new List<string>();
        var connection = TableConnection.Read(connectionString, faults);
        Assert.Empty(faults);
        return new TableRestStore(_services.GetRequiredService<IHttpClientFactory>(), connection!, time ?? TimeProvider.System);
    }

    public void Dispose() => _services.Dispose();
}
