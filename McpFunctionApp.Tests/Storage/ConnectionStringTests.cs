using McpFunctionApp.Settings;
using McpFunctionApp.Storage;
using Microsoft.Extensions.Configuration;

namespace McpFunctionApp.Tests.Storage;

/// <summary>Which connection strings are taken, what is wrong with others, and that none is repeated.</summary>
public sealed class ConnectionStringTests
{
    private const string Key = "c2VjcmV0U2VjcmV0U2VjcmV0";

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData(" usedevelopmentstorage = True ; ", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData($"AccountName=dev;AccountKey={Key};TableEndpoint=http://127.0.0.1:7777/dev/", "http://127.0.0.1:7777/dev/")]
    [InlineData($"AccountName=dev;AccountKey={Key};TableEndpoint=http://localhost:7777/dev", "http://localhost:7777/dev")]
    [InlineData($"AccountName=dev;AccountKey={Key};TableEndpoint=http://[::1]:7777/dev", "http://[::1]:7777/dev")]
    [InlineData($"AccountName=acc1;AccountKey={Key};TableEndpoint=https://tables.example.org", "https://tables.example.org/")]
    [InlineData(
        $"DefaultEndpointsProtocol=http;AccountName=acc1;AccountKey={Key}"
            + $";BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:2/acc1;",
        "http://127.0.0.1:2/acc1"
    )]
    [InlineData(
        $"DefaultEndpointsProtocol=https;AccountName=acc1;AccountKey={Key};EndpointSuffix=core.windows.net",
        "https://acc1.table.core.windows.net/"
    )]
    [InlineData(
        $"DefaultEndpointsProtocol=https;AccountName=acc1;AccountKey={Key};EndpointSuffix=core.chinacloudapi.cn",
        "https://acc1.table.core.chinacloudapi.cn/"
    )]
    [InlineData($"AccountName=acc1;AccountKey={Key}", "https://acc1.table.core.windows.net/")]
    public void A_connection_string_gives_the_services_address(string text, string address)
    {
        var settings = Settings(text);
        var client = TableAccount.Read(settings);
        settings.ThrowIfFaulty();
        Assert.Equal(address, client!.Uri.ToString());
    }

    [Theory]
    [InlineData(Key, "no connection string")]
    [InlineData($"={Key}", "no connection string")]
    [InlineData("https://acc1.table.core.windows.net", "no connection string")]
    [InlineData($"AccountKey={Key}", "AccountName")]
    [InlineData("AccountName=acc1", "AccountKey")]
    [InlineData("AccountName=acc1;AccountKey=", "AccountKey")]
    [InlineData("AccountName=acc1;AccountKey=secret!", "base64")]
    [InlineData($"AccountName=acc/1;AccountKey={Key}", "AccountName")]
    [InlineData($"AccountName=acc1;AccountKey={Key};AccountKey={Key}", "twice")]
    [InlineData($"AccountName=acc1;AccountKey={Key};TableEndpoint=http://tables.example.org/acc1", "https")]
    [InlineData($"AccountName=acc1;AccountKey={Key};TableEndpoint=ftp://127.0.0.1/acc1", "TableEndpoint")]
    [InlineData($"AccountName=acc1;AccountKey={Key};TableEndpoint=secret", "TableEndpoint")]
    [InlineData($"AccountName=acc1;AccountKey={Key};TableEndpoint=https://a.example.org/?sv=1&sig=secret", "query")]
    [InlineData($"AccountName=acc1;AccountKey={Key};TableEndpoint=https://user:secret@a.example.org/", "user name")]
    [InlineData($"DefaultEndpointsProtocol=http;AccountName=acc1;AccountKey={Key}", "DefaultEndpointsProtocol", "https")]
    [InlineData($"DefaultEndpointsProtocol=ftp;AccountName=acc1;AccountKey={Key}", "DefaultEndpointsProtocol")]
    [InlineData($"AccountName=acc1;AccountKey={Key};EndpointSuffix=evil.example/x?", "EndpointSuffix")]
    [InlineData(
        "TableEndpoint=https://acc1.table.core.windows.net;SharedAccessSignature=sv=1&sig=secret",
        "shared access signature",
        "AccountName",
        "AccountKey"
    )]
    [InlineData("UseDevelopmentStorage=false", "UseDevelopmentStorage")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://10.0.0.1", "DevelopmentStorageProxyUri")]
    [InlineData("TableEndpoint=http://tables.example.org", "AccountName", "AccountKey", "https")]
    public void Every_fault_is_told_and_no_secret(string text, params string[] words)
    {
        var settings = Settings(text);
        Assert.Null(TableAccount.Read(settings));
        var faults = Assert.Throws<SettingsException>(settings.ThrowIfFaulty).Faults;
        Assert.All(words, word => Assert.Contains(faults, fault => fault.Contains(word, StringComparison.Ordinal)));
        Assert.All(
            faults,
            fault =>
            {
                Assert.StartsWith("TableStorage ", fault, StringComparison.Ordinal);
                Assert.DoesNotContain(Key, fault, StringComparison.Ordinal);
                Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
            }
        );
    }

    private static SettingsReader Settings(string text) =>
        new(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["TableStorage"] = text }).Build()
        );
}
