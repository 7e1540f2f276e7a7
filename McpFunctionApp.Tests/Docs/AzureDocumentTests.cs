using System.Text.RegularExpressions;

namespace McpFunctionApp.Tests.Docs;

public sealed partial class AzureDocumentTests
{
    private static readonly string s_text = Repository.Read("docs/azure.md");

    [Fact]
    public void Every_file_that_it_names_exists()
    {
        var named = FileName()
            .Matches(s_text)
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Where(name => name != "local.settings.json")
            .ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(Repository.Has(name), name));
    }

    [Fact]
    public void Every_setting_that_it_names_is_in_the_table_of_settings()
    {
        var settings = Repository.Read("docs/settings.md");
        var named = SettingName()
            .Matches(s_text)
            .Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains($"| `{name}", settings, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_parameter_and_output_that_it_names_is_in_the_Bicep_files()
    {
        var members = BicepMember()
            .Matches(Repository.Read("infra/main.bicep"))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        var named = CamelCase().Matches(s_text).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(named);

        // Columns, tables and sections that are Azure's.
        Assert.Empty(named.Except(members).Except(["customMetrics", "customDimensions", "applicationInsights"]));
    }

    [GeneratedRegex(@"`((?:[\w.-]+/)*[\w.-]+\.(?:json|ya?ml|bicep|bicepparam))`")]
    private static partial Regex FileName();

    [GeneratedRegex(@"(?:`|\s)((?:Admin|Callers|Endpoint|Execution|Forms|Logging|RateLimit|Schemas|Table)\w*(?::|__)[\w:]+)")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"`([a-z]+[A-Z]\w+)`")]
    private static partial Regex CamelCase();

    [GeneratedRegex(@"^(?:param|output) (\w+)", RegexOptions.Multiline)]
    private static partial Regex BicepMember();
}
