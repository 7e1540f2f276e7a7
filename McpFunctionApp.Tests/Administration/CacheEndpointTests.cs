using System.Net;
using McpFunctionApp.Schemas;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Administration;

/// <summary>Invalidation over HTTP: everybody's forms with the key, one's own with one's token.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class CacheEndpointTests(AzuriteServer azurite) : ApiTests
{
    [Fact]
    public async Task Everybodys_forms_are_forgotten_at_once()
    {
        await using var app = await StartAsync();
        await ListAsync(app, Given.Token, Given.OtherToken);
        var (status, body) = await AdminHttp.InvalidateAsync(app);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True((bool?)body!["invalidated"]);
        await ListAsync(app, Given.Token, Given.OtherToken);
        Assert.Equal([Given.Token, Given.OtherToken, Given.Token, Given.OtherToken], Api.FormCalls.Select(call => call.Token));
    }

    [Fact]
    public async Task Without_the_key_nothing_is_forgotten()
    {
        await using var app = await StartAsync();
        await ListAsync(app, Given.Token);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await AdminHttp.SendAsync(app, "DELETE", "/cache", ("Authorization", $"Bearer {Given.Token}"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await AdminHttp.SendAsync(app, "DELETE", "/cache", ("Authorization", $"Bearer {AdminHttp.Key}"))).Status
        );
        await ListAsync(app, Given.Token);
        Assert.Single(Api.FormCalls);
    }

    [NodeFact]
    public async Task Other_instances_follow_within_the_time_that_the_answer_gives()
    {
        await using var app = await StartAsync(("TableStorage", azurite.ConnectionString), ("Schemas:MemoryTtlSeconds", "42"));
        await using var other = await StartAsync(("TableStorage", azurite.ConnectionString), ("Schemas:MemoryTtlSeconds", "42"));
        await ListAsync(app, Given.Token);
        await app.Services.GetRequiredService<TableWrites>().DrainAsync(CancellationToken.None);
        await ListAsync(other, Given.Token);
        Assert.Single(Api.FormCalls);

        var (_, body) = await AdminHttp.InvalidateAsync(app);
        Assert.Contains("42 s", (string?)body!["message"], StringComparison.Ordinal);
        Clock.Advance(TimeSpan.FromSeconds(42));
        await ListAsync(other, Given.Token);
        Assert.Equal(2, Api.FormCalls.Count);
    }

    [NodeFact]
    public async Task One_callers_forms_are_forgotten_in_both_levels_and_no_one_elses()
    {
        await using var app = await StartAsync(("TableStorage", azurite.ConnectionString));
        await ListAsync(app, Given.Token, Given.OtherToken);
        var (status, body) = await AdminHttp.DropMineAsync(app, $"Bearer {Given.Token}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True((bool?)body!["invalidated"]);

        await using var restarted = await StartAsync(("TableStorage", azurite.ConnectionString));
        await app.Services.GetRequiredService<TableWrites>().DrainAsync(CancellationToken.None);
        await ListAsync(app, Given.OtherToken);
        await ListAsync(restarted, Given.OtherToken);
        Assert.Equal(2, Api.FormCalls.Count);
        await ListAsync(restarted, Given.Token);
        Assert.Equal(Given.Token, Assert.Single(Api.FormCalls.Skip(2)).Token);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer a b")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task Without_a_bearer_token_there_is_no_me(string? authorization)
    {
        await using var app = await StartAsync();
        await ListAsync(app, Given.Token);
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/cache/me");
        request.Headers.Add("x-functions-key", AdminHttp.Key);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await app.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", $"{response.Headers.WwwAuthenticate}");
        Assert.Contains("\"invalidated\":false", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await ListAsync(app, Given.Token);
        Assert.Single(Api.FormCalls);
    }

    [Fact]
    public async Task Ones_own_forms_need_no_key_and_no_key_to_be_set()
    {
        await using var app = await TestApp.StartAsync(Api, Clock);
        await ListAsync(app, Given.Token);
        Assert.Equal(HttpStatusCode.OK, (await AdminHttp.DropMineAsync(app, $"Bearer {Given.Token}")).Status);
        await ListAsync(app, Given.Token);
        Assert.Equal(2, Api.FormCalls.Count);
    }

    [Fact]
    public async Task A_table_that_could_not_be_told_is_503_and_this_instance_has_forgotten_all_the_same()
    {
        await using var table = await FakeTableService.StartAsync(FakeTableService.Status(403));
        await using var app = await StartAsync(("TableStorage", table.ConnectionString));
        await ListAsync(app, Given.Token);
        foreach (
            var answer in (Task<(HttpStatusCode, System.Text.Json.Nodes.JsonNode?)>[])
                [AdminHttp.InvalidateAsync(app), AdminHttp.DropMineAsync(app, $"Bearer {Given.Token}")]
        )
        {
            var (status, body) = await answer;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.False((bool?)body!["invalidated"]);
            Assert.Contains("try again", (string?)body["message"], StringComparison.Ordinal);
        }

        Assert.Equal(0, app.Services.GetRequiredService<SchemaMemory>().Usage().Entries);
        await ListAsync(app, Given.Token);
        Assert.Equal(2, Api.FormCalls.Count);
    }

    private Task<TestApp> StartAsync(params (string Name, string? Value)[] settings) =>
        TestApp.StartAsync(Api, Clock, AdminHttp.Settings(settings));

    private static async Task ListAsync(TestApp app, params string[] tokens)
    {
        foreach (var token in tokens)
        {
            Assert.Contains("create_request", (await app.Rpc.ListAsync(token)).ToolNames);
        }
    }
}
