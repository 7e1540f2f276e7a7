using McpFunctionApp.Settings;
using McpFunctionApp.Storage;
using Microsoft.Extensions.Configuration;

namespace McpFunctionApp.Tests.Storage;

/// <summary>Which account the settings name, and what is said where they name none that can be used.</summary>
public sealed class TableAccountTests
{
    private const string Uri = "https://forms.table.core.windows.net";
    private const string Connection =
        "AccountName=forms;AccountKey=c2VjcmV0LWtleS1vZi10aGUtYWNjb3VudA==;EndpointSuffix=core.windows.net";

    [Fact]
    public void Without_the_setting_there_is_no_table()
    {
        Assert.Empty(Read(out var account));
        Assert.Null(account);
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData(Connection, "https://forms.table.core.windows.net/")]
    public void A_connection_string_names_its_account(string connection, string address)
    {
        Assert.Empty(Read(out var account, ("TableStorage", connection)));
        Assert.Equal(address, account);
    }

    [Fact]
    public void An_address_is_reached_by_an_identity()
    {
        Assert.Empty(
            Read(
                out var account,
                ("TableStorage:tableServiceUri", Uri),
                ("TableStorage:credential", "managedidentity"),
                ("TableStorage:clientId", "2f1c0a3e-0000-4000-8000-000000000000")
            )
        );
        Assert.Equal($"{Uri}/", account);
        Assert.Empty(Read(out _, ("TableStorage:tableServiceUri", Uri), ("TableStorage:credential", "ManagedIdentity")));
        Assert.Empty(Read(out _, ("TableStorage:tableServiceUri", Uri)));
    }

    [Fact]
    public void A_connection_string_that_is_none_is_refused_without_being_repeated()
    {
        var fault = Assert.Single(Read(out _, ("TableStorage", "AccountName=forms;AccountKey=c2VjcmV0*")));
        Assert.StartsWith("TableStorage has no AccountKey", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://forms.table.core.windows.net")]
    [InlineData("forms.table.core.windows.net")]
    [InlineData("https://forms.table.core.windows.net/?sv=2020&sig=secret")]
    public void An_address_that_no_identity_can_be_used_at_is_refused(string address)
    {
        var fault = Assert.Single(Read(out _, ("TableStorage:tableServiceUri", address)));
        Assert.StartsWith("TableStorage:tableServiceUri must be an https address", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said()
    {
        Assert.Contains(
            "keep one of them",
            Assert.Single(Read(out _, ("TableStorage", Connection), ("TableStorage:tableServiceUri", Uri))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "has no tableServiceUri",
            Assert.Single(Read(out _, ("TableStorage:clientId", "2f1c0a3e"))),
            StringComparison.Ordinal
        );
        Assert.Equal(2, Read(out _, ("TableStorage:tableServiceUri", "forms"), ("TableStorage:credential", "password")).Count);
    }

    [Fact]
    public void A_misspelt_name_is_noted()
    {
        var settings = Settings(("TableStorage:tableServiceUri", Uri), ("TableStorage:client", "2f1c0a3e"));
        TableAccount.Read(settings);
        Assert.Contains("Nearest: TableStorage:clientId", Assert.Single(settings.Oddities), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Read(out string? account, params (string Name, string Value)[] values)
    {
        var settings = Settings(values);
        account = TableAccount.Read(settings)?.Uri.ToString();
        return Record.Exception(settings.ThrowIfFaulty) is SettingsException faulty ? faulty.Faults : [];
    }

    private static SettingsReader Settings(params (string Name, string Value)[] values) =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.ToDictionary(value => value.Name, value => (string?)value.Value))
                .Build()
        );
}
