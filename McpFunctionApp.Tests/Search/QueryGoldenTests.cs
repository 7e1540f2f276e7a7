using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using McpFunctionApp.Search;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;
using McpFunctionApp.Tests.Settings;

namespace McpFunctionApp.Tests.Search;

/// <summary>
/// What Elasticsearch is asked, and how the search tools are listed, against <c>Golden/search.*.json</c>. After an
/// intended change run these tests once with <c>UPDATE_GOLDEN=1</c>, and read the difference before committing it.
/// </summary>
public sealed class QueryGoldenTests
{
    private static readonly JsonSerializerOptions s_readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Theory]
    [InlineData("user", "0")]
    [InlineData("user", "1.5")]
    [InlineData("location", "0")]
    [InlineData("vendor", "2.25")]
    public Task The_body_of_a_search_is_its_golden_file(string type, string minScore)
    {
        var settings = Configured.Reader(
            ("Elasticsearch:Url", "https://search.example"),
            ("Elasticsearch:MinScore", minScore),
            ("Elasticsearch:Entities:vendor:Fields:website:Fuzziness", "1")
        );
        var entity = SearchOptions.Read(settings)!.Entities.Single(candidate => candidate.Name == type);
        settings.ThrowIfFaulty();
        return MatchAsync(
            $"search.query.{type}.{(entity.MinScore > 0 ? "min-score" : "all")}",
            JsonNode.Parse(QueryWriter.Write(entity, "Jane \"the\" Dœ").Span)!
        );
    }

    [Fact]
    public async Task The_search_tools_are_listed_as_their_golden_file()
    {
        await using var rig = await SearchRig.StartAsync();
        var list = await rig.App.Rpc.ListAsync(Given.Token);
        var tools = list.Result["tools"]!
            .AsArray()
            .Where(tool =>
                ((string)tool!["name"]!).Contains("_e", StringComparison.Ordinal) || (string)tool["name"]! == "search_users"
            )
            .Select(tool => tool!.DeepClone())
            .ToList();
        Assert.Equal(3, tools.Count);
        Assert.All(tools, tool => SchemaSafety.Check(JsonElement.Parse(tool["inputSchema"]!.ToJsonString())));
        await MatchAsync("search.tools", new JsonArray([.. tools]));
    }

    private static async Task MatchAsync(string name, JsonNode actual)
    {
        var golden = Path.Combine(NodeRig.ProjectDirectory, "Golden", $"{name}.json");
        var text = actual.ToJsonString(s_readable) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(golden, text);
        }

        Assert.True(File.Exists(golden), $"{golden} is missing: run this test with UPDATE_GOLDEN=1 to write it.");
        Assert.Equal(await File.ReadAllTextAsync(golden), text);
    }
}
