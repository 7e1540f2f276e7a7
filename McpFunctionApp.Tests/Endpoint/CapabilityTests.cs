using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Endpoint;

public sealed class CapabilityTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task The_handshake_advertises_what_is_served_and_nothing_more(string revision)
    {
        var answer = await fixture.Rpc.SendAsync(
            "initialize",
            false,
            $$""" "protocolVersion":"{{revision}}","capabilities":{},"clientInfo":{"name":"t","version":"1"} """
        );
        var capabilities = answer.Result["capabilities"]!.AsObject();
        Assert.Equal(["completions", "extensions", "logging", "prompts", "resources", "tools"], Names(capabilities));
        AssertPlain(capabilities);
    }

    [Fact]
    public async Task Discovery_advertises_the_same_without_logging()
    {
        var answer = await fixture.Rpc.SendAsync("server/discover", true);
        var capabilities = answer.Result["capabilities"]!.AsObject();
        Assert.Equal(["completions", "extensions", "prompts", "resources", "tools"], Names(capabilities));
        AssertPlain(capabilities);
    }

    [Fact]
    public async Task Discovery_tells_who_serves_which_revision_and_how_to_use_it()
    {
        var answer = await fixture.Rpc.SendAsync("server/discover", true);
        Assert.Contains("2026-07-28", answer.Result["supportedVersions"]!.AsArray().Select(version => (string)version!));
        Assert.NotEmpty((string)answer.Result["instructions"]!);
        Assert.Equal("mcp-function-app", (string?)answer.Result["_meta"]!["io.modelcontextprotocol/serverInfo"]!["name"]);
    }

    [Theory]
    [InlineData("prompts/list", "prompts")]
    [InlineData("resources/templates/list", "resourceTemplates")]
    public async Task Prompts_and_templates_are_empty_lists(string method, string member)
    {
        Assert.Empty((await fixture.Rpc.SendAsync(method, false)).Result[member]!.AsArray());
        Assert.Empty((await fixture.Rpc.SendAsync(method, true)).Result[member]!.AsArray());
    }

    [Theory]
    [InlineData("""{"type":"ref/prompt","name":"nothing"}""")]
    [InlineData("""{"type":"ref/resource","uri":"test://{nothing}"}""")]
    public async Task Completions_are_an_empty_list(string reference)
    {
        var members = $$""" "ref":{{reference}},"argument":{"name":"a","value":"b"} """;
        Assert.Empty(
            (await fixture.Rpc.SendAsync("completion/complete", false, members)).Result["completion"]!["values"]!.AsArray()
        );
        Assert.Empty(
            (await fixture.Rpc.SendAsync("completion/complete", true, members)).Result["completion"]!["values"]!.AsArray()
        );
    }

    private static IEnumerable<string> Names(JsonObject capabilities) =>
        capabilities.Select(c => c.Key).Order(StringComparer.Ordinal);

    /// <summary>Empty but for the extensions: no subscribe, no listChanged.</summary>
    private static void AssertPlain(JsonObject capabilities) =>
        Assert.All(
            capabilities.Where(c => c.Key != "extensions"),
            capability => Assert.Equal("{}", capability.Value!.ToJsonString())
        );
}
