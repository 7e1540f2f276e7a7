using System.Reflection;
using System.Text.RegularExpressions;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Tests.Docs;

public sealed partial class InfraDocumentTests
{
    private static readonly string s_folder = Path.Combine(NodeRig.ProjectDirectory, "..", "infra");

    private static readonly Dictionary<string, string> s_files = Directory
        .GetFiles(s_folder, "*.bicep")
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    private static readonly string s_main = s_files["main.bicep"];

    /// <summary>What the Functions host or Azure's libraries read, and no table of ours lists.</summary>
    private static readonly string[] s_platform =
    [
        "AzureWebJobsDisableHomepage",
        "AzureWebJobsStorage:accountName",
        "AzureWebJobsStorage:credential",
        "AzureWebJobsStorage:clientId",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "TableStorage:credential",
    ];

    [Fact]
    public void Every_app_setting_is_one_that_the_app_or_the_platform_reads()
    {
        var settings = Repository.Read("docs/settings.md");
        var names = s_files
            .Values.SelectMany(text => AppSetting().Matches(text))
            .Select(match => AnyName().Replace(Index().Replace(match.Groups[1].Value, "0"), "{name}"))
            .Select(name => name.Replace("__", ":", StringComparison.Ordinal))
            .ToList();
        Assert.True(names.Count > 20);
        Assert.All(names.Except(s_platform), name => Assert.Contains($"`{name}`", settings, StringComparison.Ordinal));
    }

    [Fact]
    public void The_tables_are_those_that_the_app_uses_since_it_may_make_no_others()
    {
        var used = typeof(AppMetrics)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(field => field is { IsLiteral: true, Name: "Table" })
            .Select(field => (string)field.GetRawConstantValue()!)
            .Order();
        Assert.Equal(used, Quoted().Matches(Tables().Match(s_main).Value).Select(match => match.Groups[1].Value).Order());
    }

    [Fact]
    public void No_role_reaches_over_a_whole_account_but_the_hosts_own()
    {
        var scopes = Scope().Matches(s_files["roles.bicep"]).Select(match => match.Groups[1].Value).ToList();
        Assert.Contains("storageAccount::blobService::deploymentContainer", scopes);
        Assert.Contains("storageAccount::tableService::appTables[i]", scopes);
        Assert.DoesNotContain("storageAccount", scopes);
    }

    [Fact]
    public void The_sample_form_API_is_on_only_where_no_form_is_configured()
    {
        Assert.Matches(
            @"var sampleSettings = isDemonstration\s+\? \[\s+\{\s+name: 'SampleFormApi__Enabled'\s+value: 'true'",
            s_main
        );
        Assert.Contains("var isDemonstration = empty(forms)", s_main, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(string.Concat(s_files.Values), "SampleFormApi__Enabled"));
    }

    [Fact]
    public void Every_module_is_used_and_exists()
    {
        var used = Module().Matches(s_main).Select(match => match.Groups[1].Value).Order();
        Assert.Equal(s_files.Keys.Where(file => file != "main.bicep").Order(), used.Distinct());
    }

    [Fact]
    public void Every_parameter_and_output_is_in_the_readme()
    {
        var readme = File.ReadAllText(Path.Combine(s_folder, "README.md"));
        var names = Declared().Matches(s_main).Select(match => match.Groups[1].Value).ToList();
        Assert.True(names.Count > 20);
        Assert.All(names, name => Assert.Contains($"`{name}`", readme));
    }

    [Fact]
    public void The_sample_sets_what_has_no_default_and_nothing_unknown()
    {
        var sample = Assigned()
            .Matches(Repository.Read("infra/main.bicepparam"))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        var parameters = Parameter()
            .Matches(s_main)
            .ToDictionary(
                match => match.Groups[1].Value,
                match => match.Groups[2].Value.Contains(" = ", StringComparison.Ordinal)
            );
        Assert.Empty(sample.Except(parameters.Keys));
        Assert.Empty(parameters.Where(parameter => !parameter.Value).Select(parameter => parameter.Key).Except(sample));
    }

    [Fact]
    public void A_resource_type_has_one_api_version()
    {
        var versions = s_files
            .Values.SelectMany(text => ApiVersion().Matches(text))
            .Select(match => (Type: match.Groups[1].Value, Version: match.Groups[2].Value))
            .Distinct()
            .ToList();
        Assert.True(versions.Count > 10);
        Assert.All(versions.GroupBy(version => version.Type), type => Assert.Single(type));
    }

    [GeneratedRegex(@"name: '([^']+)'\s+value:")]
    private static partial Regex AppSetting();

    [GeneratedRegex(@"\$\{\w\}")]
    private static partial Regex Index();

    [GeneratedRegex(@"\$\{\w+\.key\}")]
    private static partial Regex AnyName();

    [GeneratedRegex(@"^var tables = \[[^\]]*\]", RegexOptions.Multiline)]
    private static partial Regex Tables();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^ *scope: (\S+)", RegexOptions.Multiline)]
    private static partial Regex Scope();

    [GeneratedRegex(@"^module \w+ '([^']+)'", RegexOptions.Multiline)]
    private static partial Regex Module();

    [GeneratedRegex(@"^(?:param|output) (\w+) ", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"^param (\w+) =", RegexOptions.Multiline)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"^param (\w+) ([^\r\n]+)", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^resource \w+ '([^'@]+)@([^']+)'", RegexOptions.Multiline)]
    private static partial Regex ApiVersion();
}
