namespace McpFunctionApp.Tests.Settings;

/// <summary>Faults of TableStorage are listed with all others, and none repeats a key.</summary>
public sealed class TableSettingsTests
{
    private const string Key = "c2VjcmV0U2VjcmV0U2VjcmV0";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData($"DefaultEndpointsProtocol=https;AccountName=acc1;AccountKey={Key};EndpointSuffix=core.windows.net")]
    public void None_and_a_connection_string_are_fine(string? value) => Assert.Empty(Configured.Faults(("TableStorage", value)));

    [Fact]
    public void Its_faults_are_listed_with_all_others()
    {
        var faults = Configured.Faults(
            ("TableStorage", "TableEndpoint=http://tables.example.org"),
            ("Schemas:TtlSeconds", "x"),
            ("Execution:RetentionDays", "0"),
            ("Forms:0:Url", "nowhere")
        );
        Assert.Equal(
            ["Execution:RetentionDays", "Forms:0:Url", "Schemas:TtlSeconds", "TableStorage", "TableStorage", "TableStorage"],
            faults.Select(fault => fault.Split(' ')[0]).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData(Key)]
    [InlineData($"AccountKey={Key}")]
    [InlineData($"AccountName={Key}!;AccountKey={Key}")]
    [InlineData($"AccountName=acc1;AccountKey={Key}!")]
    [InlineData($"AccountName=acc1;AccountKey={Key};AccountKey={Key}")]
    [InlineData($"AccountName=acc1;AccountKey={Key};TableEndpoint=http://a.example/?sig={Key}")]
    [InlineData($"AccountName=acc1;AccountKey={Key};TableEndpoint=https://user:{Key}@a.example")]
    [InlineData($"TableEndpoint=https://a.example;SharedAccessSignature=sv=1&sig={Key}")]
    public void No_fault_repeats_a_key(string value)
    {
        var faults = Configured.Faults(("TableStorage", value));
        Assert.NotEmpty(faults);
        Assert.All(faults, fault => Assert.StartsWith("TableStorage ", fault, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.DoesNotContain(Key, fault, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_misspelt_name_below_it_is_noted_without_its_value()
    {
        var note = Assert.Single(
            Configured.Oddities(("TableStorage:tableServiceUrl", "https://acc1.table.core.windows.net/hunter2"))
        );
        Assert.StartsWith("TableStorage:tableServiceUrl is not a setting", note, StringComparison.Ordinal);
        Assert.Contains("TableStorage:tableServiceUri", note, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", note, StringComparison.Ordinal);
    }
}
