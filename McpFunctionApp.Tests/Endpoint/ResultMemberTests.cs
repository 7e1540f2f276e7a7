using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Endpoint;

public sealed class ResultMemberTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    private static readonly string[] s_lists = ["tools/list", "prompts/list", "resources/list", "resources/templates/list"];

    private static readonly string[] s_new = ["ttlMs", "cacheScope", "resultType"];

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task A_handshake_revision_never_gets_the_members_of_2026_07_28(string revision)
    {
        foreach (
            var method in new[] { "initialize", "ping", "tools/call", "completion/complete", "logging/setLevel" }.Concat(s_lists)
        )
        {
            var answer = await fixture.Rpc.PostAsync(Wire.Body(method), EndpointApp.Token, ("MCP-Protocol-Version", revision));
            HasNoneOfTheNew(answer.Result);
        }
    }

    [Fact]
    public async Task Every_result_of_2026_07_28_has_a_resultType()
    {
        foreach (var method in new[] { "server/discover", "tools/call", "completion/complete" }.Concat(s_lists))
        {
            Assert.Equal("complete", (string?)(await fixture.Rpc.SendAsync(method, true)).Result["resultType"]);
        }

        var refused = await fixture.Rpc.SendAsync("tools/call", true, "\"name\":\"add\",\"arguments\":{}");
        Assert.True(refused.IsError);
        Assert.Equal("complete", (string?)refused.Result["resultType"]);
    }

    [Fact]
    public async Task Every_list_of_2026_07_28_is_private_to_the_caller_and_has_a_life()
    {
        foreach (var method in s_lists)
        {
            var result = (await fixture.Rpc.SendAsync(method, true, token: EndpointApp.Token)).Result;
            Assert.Equal("private", (string?)result["cacheScope"]);
            Assert.Equal(JsonValueKind.Number, result["ttlMs"]!.GetValueKind());
            Assert.True((long)result["ttlMs"]! >= 0);
        }
    }

    [Fact]
    public async Task The_life_of_a_list_is_what_remains_of_the_forms()
    {
        var clock = new ManualClock();
        await using var app = await TestApp.StartAsync(fixture.Api, clock, new() { ["Schemas:TtlSeconds"] = "100" });
        Assert.Equal(100_000, await LifeAsync(EndpointApp.Token));
        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(60_000, await LifeAsync(EndpointApp.Token));
        Assert.Equal(0, await LifeAsync(null));
        Assert.Equal(0, await LifeAsync("some-other-token"));

        async Task<long> LifeAsync(string? token) =>
            (long)(await app.Rpc.SendAsync("tools/list", true, token: token)).Result["ttlMs"]!;
    }

    [Fact]
    public async Task In_degraded_mode_the_life_of_a_list_is_zero()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = context => FakeFormApi.Json(context, "{}", 503);
        await using var app = await TestApp.StartAsync(api);
        var first = await app.Rpc.SendAsync("tools/list", true, token: EndpointApp.Token);
        var again = await app.Rpc.SendAsync("tools/list", true, token: EndpointApp.Token);
        Assert.Equal(0, (long)first.Result["ttlMs"]!);
        Assert.Equal(0, (long)again.Result["ttlMs"]!);
        Assert.Equal("private", (string?)again.Result["cacheScope"]);
    }

    [Fact]
    public async Task Both_eras_at_once_never_mix_their_members_or_their_callers()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 300),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (n, _) =>
            {
                var perRequest = n % 2 == 0;
                var token = n % 3 == 0 ? EndpointApp.Token : null;
                var answer = await fixture.Rpc.SendAsync(
                    n % 5 == 0 ? "tools/call" : "tools/list",
                    perRequest,
                    token: token,
                    id: $"{n}"
                );
                Assert.Equal(n, (int)answer.Json["id"]!);
                if (perRequest)
                {
                    Assert.Equal("complete", (string?)answer.Result["resultType"]);
                }
                else
                {
                    HasNoneOfTheNew(answer.Result);
                }

                if (n % 5 != 0)
                {
                    Assert.Equal(token is null ? 3 : 5, answer.ToolNames.Count);
                }
            }
        );
    }

    /// <summary>An extension is declared in every revision.</summary>
    private static JsonNode? WithoutExtensions(JsonNode? value)
    {
        var rest = value?.DeepClone();
        (rest as JsonObject)?.Remove("extensions");
        return rest;
    }

    private static void HasNoneOfTheNew(JsonNode result) =>
        Assert.DoesNotContain(
            result.AsObject(),
            member =>
                s_new.Contains(member.Key)
                || WithoutExtensions(member.Value)?.ToJsonString().Contains("io.modelcontextprotocol", StringComparison.Ordinal)
                    == true
        );
}
