using McpFunctionApp.Storage;
using McpFunctionApp.Storage.TableRest;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Storage;

/// <summary>Opens REST stores over the product's own HTTP client.</summary>
internal sealed class RestStore : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddTableRestHttp().BuildServiceProvider();

    public ITableStore Open(string connectionString, TimeProvider? time = null)
    {
        var faults = new List<string>();
        var connection = TableConnection.Read(connectionString, faults);
        Assert.Empty(faults);
        return new TableRestStore(_services.GetRequiredService<IHttpClientFactory>(), connection!, time ?? TimeProvider.System);
    }

    public void Dispose() => _services.Dispose();
}
