using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Journeys;

public sealed class SmokeTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_official_client_lists_and_calls(string? revision)
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields("""{"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true}""");
        await using var app = await TestApp.StartAsync(api);
        await using var client = await app.ConnectAsync("a-token-of-some-length", revision);
        var tools = await client.ListToolsAsync();
        Assert.Equal(["add", "echo", "multiply", "create_request", "draft_create_request"], tools.Select(t => t.Name));
        var result = await client.CallToolAsync("add", new Dictionary<string, object?> { ["a"] = 2, ["b"] = 40 });
        Assert.Equal(42, result.StructuredContent!.Value.GetProperty("result").GetInt32());
    }
}
