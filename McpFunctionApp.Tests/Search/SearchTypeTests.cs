using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Search;

/// <summary>The entity types that a model is told of, and by which it searches.</summary>
public sealed class SearchTypeTests
{
    [Theory]
    [InlineData("\" User \"")]
    [InlineData("\"USER\\n\"")]
    public async Task An_entity_type_is_found_case_and_blanks_aside(string type)
    {
        await using var rig = await SearchRig.StartAsync();
        Assert.False(
            (
                await rig.App.Rpc.CallAsync("search_entities_by_type", $$"""{"query":7,"entity_type":{{type}}}""", Given.Token)
            ).IsError
        );
        Assert.Equal("/user/_search", Assert.Single(rig.Elastic.Calls).Path);
    }

    [Fact]
    public async Task Entity_types_are_listed_without_asking_Elasticsearch()
    {
        await using var rig = await SearchRig.StartAsync(
            new()
            {
                ["Elasticsearch:MinScore"] = "1.5",
                ["Elasticsearch:Entities:building:Fields:name:Fuzziness"] = "0",
                ["Elasticsearch:Entities:impact:Enabled"] = "false",
            }
        );
        var answer = await rig.App.Rpc.CallAsync("list_entity_types", "{}", Given.Token);
        var types = answer.Result["structuredContent"]!["entityTypes"]!.AsArray();
        Assert.Equal(
            [
                "urgency",
                "priority",
                "status",
                "category",
                "source",
                "location",
                "department",
                "usergroup",
                "user",
                "vendor",
                "building",
            ],
            types.Select(type => (string)type!["name"]!)
        );
        Assert.Equal("""{"name":"building","fields":["name","id"],"limit":10,"minScore":1.5}""", types[^1]!.ToJsonString());
        Assert.Equal(JsonNode.Parse(answer.Text)!.ToJsonString(), answer.Result["structuredContent"]!.ToJsonString());
        Assert.Equal(0, rig.Sent);
    }

    [Fact]
    public async Task Without_the_user_type_there_is_no_search_for_users()
    {
        await using var rig = await SearchRig.StartAsync(new() { ["Elasticsearch:Entities:user:Enabled"] = "false" });
        Assert.Equal(
            ["add", "echo", "multiply", "search_entities_by_type", "list_entity_types", "create_request", "draft_create_request"],
            (await rig.App.Rpc.ListAsync(Given.Token)).ToolNames
        );
        Assert.Equal(-32602, (await rig.SearchAsync()).Code);
    }
}
