using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpFunctionApp.Hosting;

namespace McpFunctionApp.Tests.Docs;

/// <summary>What stands in several files of the repository is the same in each.</summary>
public sealed partial class RepositoryFilesTests
{
    private static readonly string s_readme = Repository.Read("README.md").ReplaceLineEndings("\n");

    [Fact]
    public void The_first_page_can_be_read_in_five_minutes() =>
        Assert.InRange(s_readme.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 300, 1_200);

    [Fact]
    public void The_first_page_names_ten_settings_and_each_exists()
    {
        var named = SettingRow().Matches(s_readme).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(10, named.Count);
        Assert.Empty(named.Except(DescribedSetting.All.Select(setting => setting.Name)));
    }

    [Fact]
    public void Every_place_that_names_the_version_names_the_one_that_is_built()
    {
        var version = Version().Match(Repository.Read("Directory.Build.props")).Groups[1].Value;
        var server = JsonNode.Parse(Repository.Read("server.json"))!;
        Assert.Contains(version, AppVersion.Line, StringComparison.Ordinal);
        Assert.Equal(version, (string?)server["version"]);
        Assert.EndsWith($":{version}", (string?)server["packages"]![0]!["identifier"], StringComparison.Ordinal);
        Assert.Contains($"\n## {version} ", Repository.Read("CHANGELOG.md").ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"\nMCP Function App {version}\n", s_readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_registry_finds_the_name_of_the_server_on_its_image()
    {
        var name = (string)JsonNode.Parse(Repository.Read("server.json"))!["name"]!;
        var label = $"LABEL io.modelcontextprotocol.server.name=\"{name}\"";
        Assert.Contains(label, Repository.Read("Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_registry_is_told_is_as_short_as_it_takes() =>
        Assert.InRange(((string)JsonNode.Parse(Repository.Read("server.json"))!["description"]!).Length, 1, 100);

    [Fact]
    public void Each_call_of_the_first_page_can_be_sent_from_an_editor()
    {
        var calls = Call().Matches(s_readme).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.Contains($"\n{call}\n", Repository.Read("requests.http"), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_body_of_the_file_of_calls_is_a_message() =>
        Assert.All(
            Repository.Read("requests.http").Split('\n').Where(line => line.StartsWith('{')),
            line => Assert.Equal("2.0", JsonElement.Parse(line).GetProperty("jsonrpc").GetString())
        );

    [Fact]
    public void VS_Code_finds_here_what_the_page_about_clients_shows()
    {
        var page = Repository.Read("docs/clients.md").ReplaceLineEndings("\n");
        var shown = JsonBlock().Matches(page).Select(match => match.Groups[1].Value);
        Assert.Contains(Repository.Read(".vscode/mcp.json").ReplaceLineEndings("\n").TrimEnd(), shown);
    }

    [GeneratedRegex(@"^\| `([\w:]+)` \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();

    [GeneratedRegex("<Version>([^<]+)</Version>")]
    private static partial Regex Version();

    [GeneratedRegex("^  -d '(.+)'$", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex(@"```json\n(.+?)\n```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
