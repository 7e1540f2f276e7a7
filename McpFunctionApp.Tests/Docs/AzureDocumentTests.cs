using System.Reflection;
using System.Text.RegularExpressions;
using McpFunctionApp.Catalog;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Docs;

public sealed partial class AzureDocumentTests
{
    private static readonly string s_text = Repository.Read("docs/azure.md");

    [Fact]
    public void Every_file_that_it_names_exists()
    {
        var named = FileName().Matches(s_text).Select(match => match.Groups[1].Value).Distinct().Where(name => name != "local.settings.json").ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(Repository.Has(name), name));
    }

    [Fact]
    public void Every_setting_that_it_names_is_in_the_table_of_settings()
    {
        var settings = Repository.Read("docs/settings.md");
        var named = SettingName().Matches(s_text).Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains($"| `{name}", settings, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_parameter_and_output_that_it_names_is_in_the_Bicep_files()
    {
        var members = BicepMember().Matches(Repository.Read("infra/main.bicep")).Select(match => match.Groups[1].Value).ToHashSet();
        var named = CamelCase().Matches(s_text).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(members));
    }

    [Fact]
    public void A_query_reads_a_table_that_Application_Insights_has() =>
        Assert.All(Queries(), query => Assert.Contains(query.Split('\n')[0], new[] { "requests", "traces", "dependencies" }));

    [Fact]
    public void A_query_takes_messages_apart_as_the_product_puts_them_together()
    {
        var messages = typeof(FallbackLog).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.Message)
            .OfType<string>().Select(message => string.Join('|', Placeholder().Split(message).Where(text => text.Length > 0))).ToHashSet();
        var parsed = Queries().SelectMany(query => query.Split('\n')).Where(line => line.StartsWith("| parse ", StringComparison.Ordinal))
            .Select(line => string.Join('|', Quoted().Matches(line).Select(match => match.Groups[1].Value))).ToList();
        Assert.NotEmpty(parsed);
        Assert.Empty(parsed.Except(messages));
    }

    private static List<string> Queries() => [.. Query().Matches(s_text.ReplaceLineEndings("\n")).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"`((?:[\w.-]+/)*[\w.-]+\.(?:json|ya?ml|bicep|bicepparam))`")]
    private static partial Regex FileName();

    [GeneratedRegex(@"(?:`|\s)((?:Admin|Callers|Endpoint|Execution|Forms|Logging|Schemas|TableStorage)(?::|__)[\w:]+)")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"`([a-z]+[A-Z]\w+)`")]
    private static partial Regex CamelCase();

    [GeneratedRegex(@"^(?:param|output) (\w+)", RegexOptions.Multiline)]
    private static partial Regex BicepMember();

    [GeneratedRegex(@"```kusto\n(.+?)\n```", RegexOptions.Singleline)]
    private static partial Regex Query();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"""([^""]*)""")]
    private static partial Regex Quoted();
}
