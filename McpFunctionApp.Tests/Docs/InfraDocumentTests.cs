using System.Text.RegularExpressions;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Docs;

public sealed partial class InfraDocumentTests
{
    private static readonly string s_folder = Path.Combine(NodeRig.ProjectDirectory, "..", "infra");

    private static readonly Dictionary<string, string> s_files = Directory.GetFiles(s_folder, "*.bicep")
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    private static readonly string s_main = s_files["main.bicep"];

    [Fact]
    public void Every_app_setting_is_one_that_the_app_or_the_platform_reads()
    {
        string[] known =
        [
            "Forms", "Schemas", "Callers", "Endpoint", "Execution", "RateLimit", "Elasticsearch", "TableStorage",
            "AzureWebJobsStorage", "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        ];
        var roots = s_files.Values.SelectMany(text => AppSetting().Matches(text)).Select(match => match.Groups[1].Value.Split("__")[0]).ToList();
        Assert.True(roots.Count > 20);
        Assert.Empty(roots.Except(known));
    }

    [Fact]
    public void Every_module_is_used_and_exists()
    {
        var used = Module().Matches(s_main).Select(match => match.Groups[1].Value).Order();
        Assert.Equal(s_files.Keys.Where(file => file != "main.bicep").Order(), used);
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
        var sample = Assigned().Matches(File.ReadAllText(Path.Combine(s_folder, "main.bicepparam"))).Select(match => match.Groups[1].Value).ToHashSet();
        var parameters = Parameter().Matches(s_main).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value.Contains(" = ", StringComparison.Ordinal));
        Assert.Empty(sample.Except(parameters.Keys));
        Assert.Empty(parameters.Where(parameter => !parameter.Value).Select(parameter => parameter.Key).Except(sample));
    }

    [Fact]
    public void A_resource_type_has_one_api_version()
    {
        var versions = s_files.Values.SelectMany(text => ApiVersion().Matches(text)).Select(match => (Type: match.Groups[1].Value, Version: match.Groups[2].Value)).Distinct().ToList();
        Assert.True(versions.Count > 10);
        Assert.All(versions.GroupBy(version => version.Type), type => Assert.Single(type));
    }

    [GeneratedRegex(@"name: '([^']+)'\s+value:")]
    private static partial Regex AppSetting();

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
