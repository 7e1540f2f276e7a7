using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>A question that is written directly is what the SDK's server would have written, but for the state, which is sealed
/// anew.</summary>
public sealed class DirectQuestionTests : ApiTests
{
    [Fact]
    public async Task Both_ways_give_the_same()
    {
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        var direct = await AskAsync(app, new JsonObject());
        var bySdk = await AskAsync(app, new JsonObject { ["odd"] = 1 });
        Assert.Equal(WithoutState(bySdk.Body), WithoutState(direct.Body));
    }

    [Fact]
    public async Task A_draft_is_the_same_both_ways()
    {
        await using var app = await WatchedApp.StartSubmittingAsync(Api);
        foreach (var perRequest in (bool[])[false, true])
        {
            var (direct, bySdk) = (
                await DraftAsync(app, perRequest, []),
                await DraftAsync(app, perRequest, new JsonObject { ["odd"] = 1 })
            );
            Assert.Equal(
                bySdk.Body.Replace(bySdk.DraftKey(), "", StringComparison.Ordinal),
                direct.Body.Replace(direct.DraftKey(), "", StringComparison.Ordinal)
            );
        }
    }

    private static Task<RpcAnswer> DraftAsync(WatchedApp app, bool perRequest, JsonObject more)
    {
        more["name"] = "draft_create_request";
        more["arguments"] = new JsonObject { ["values"] = """{"priority":"hihg <é>"}""" };
        return perRequest
            ? app.Rpc.PerRequestAsync("tools/call", more, Given.Token)
            : app.Rpc.RequestAsync("tools/call", more, Given.Token);
    }

    private static Task<RpcAnswer> AskAsync(WatchedApp app, JsonObject more)
    {
        more["name"] = "create_request";
        more["arguments"] = new JsonObject { ["priority"] = "hihg" };
        more["_meta"] = new JsonObject { ["io.modelcontextprotocol/clientCapabilities"] = JsonNode.Parse(AskingRpc.CanAsk) };
        return app.Rpc.PerRequestAsync("tools/call", more, Given.Token);
    }

    private static string WithoutState(string body)
    {
        var answer = JsonNode.Parse(body)!;
        Assert.NotEmpty((string)answer["result"]!["requestState"]!);
        answer["result"]!["requestState"] = "";
        return answer.ToJsonString();
    }
}
