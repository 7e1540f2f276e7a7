using McpFunctionApp.Settings;
using McpFunctionApp.Storage;
using Microsoft.Extensions.Configuration;

namespace McpFunctionApp.Tests.Storage;

/// <summary>Opens the product's own store over a connection string, as its settings would.</summary>
internal static class OpenedStore
{
    public static ITableStore Of(string connectionString)
    {
        var values = new Dictionary<string, string?> { ["TableStorage"] = connectionString };
        var settings = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        var client = TableAccount.Read(settings);
        settings.ThrowIfFaulty();
        return new AzureTableStore(client!);
    }
}
