using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Search;

/// <summary>What the search tools refuse without asking Elasticsearch, with how to do better.</summary>
public sealed class SearchArgumentTests(SharedSearch search) : IClassFixture<SharedSearch>
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\n ")]
    [InlineData("\u200b\u2060")]
    [InlineData("\0")]
    public async Task A_blank_query_is_refused_without_asking(string query)
    {
        var answer = await search.Rig.SearchAsync(query);
        Assert.Equal("invalid_arguments", answer.ErrorCode);
        Assert.StartsWith("query: ", answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, search.Rig.Sent);
    }

    [Fact]
    public async Task An_over_long_query_is_refused_with_the_limit()
    {
        await using var rig = await SearchRig.StartAsync();
        Assert.False((await rig.SearchAsync(new string('x', 256))).IsError);
        var answer = await rig.SearchAsync(new string('x', 257));
        Assert.Equal("invalid_arguments", answer.ErrorCode);
        Assert.Contains("at most 256", answer.Text, StringComparison.Ordinal);
        Assert.Equal(1, rig.Sent);
    }

    [Theory]
    [InlineData("search_users", """{"query":[7]}""", "query")]
    [InlineData("search_users", """{"query":""}""", "query")]
    [InlineData("search_entities_by_type", """{"query":"x","entity_type":" "}""", "entity_type")]
    [InlineData("search_users", "{}", "query")]
    [InlineData("search_users", """{"query":"x","limit":100}""", "limit")]
    [InlineData("search_users", """{"query":"x","entity_type":"vendor"}""", "entity_type")]
    [InlineData("search_entities_by_type", """{"query":"x"}""", "entity_type")]
    [InlineData("search_entities_by_type", """{"query":"x","entity_type":null}""", "entity_type")]
    [InlineData("list_entity_types", """{"query":"x"}""", "query")]
    public async Task Missing_wrong_and_unknown_arguments_are_named(string tool, string arguments, string named)
    {
        var answer = await search.Rig.App.Rpc.CallAsync(tool, arguments, Given.Token);
        Assert.Equal("invalid_arguments", answer.ErrorCode);
        Assert.StartsWith($"{named}: ", answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, search.Rig.Sent);
    }

    [Theory]
    [InlineData("location", "locations")]
    [InlineData("user", "usr ")]
    [InlineData(null, "../_all")]
    public async Task An_unknown_entity_type_is_refused_with_the_list(string? nearest, string name)
    {
        var answer = await search.Rig.SearchAsync(name, "x", Given.Token);
        Assert.Equal("unknown_entity_type", answer.ErrorCode);
        Assert.StartsWith($"entity_type: '{name}' is not one of: ", answer.Text, StringComparison.Ordinal);
        Assert.Contains(
            "impact, urgency, priority, status, category, source, location, department, usergroup, user, vendor",
            answer.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(11, answer.Result["_meta"]!["io.github.mcp-function-app/error"]!["entityTypes"]!.AsArray().Count);
        Assert.Equal(nearest is not null, answer.Text.Contains($"Nearest: {nearest}.", StringComparison.Ordinal));
        Assert.Null(answer.Result["structuredContent"]);
        Assert.Equal(0, search.Rig.Sent);
    }

    [Fact]
    public async Task A_missing_entity_type_is_told_with_those_that_there_are()
    {
        var answer = await search.Rig.App.Rpc.CallAsync("search_entities_by_type", """{"query":"x"}""", Given.Token);
        Assert.StartsWith(
            "entity_type: is required and missing. Expected: one of: impact, urgency, priority, ",
            answer.Text,
            StringComparison.Ordinal
        );
    }
}
