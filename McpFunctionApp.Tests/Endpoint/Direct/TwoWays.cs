using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Endpoint.Direct;

/// <summary>An ordinary list or call is answered without the SDK's server, and one with a member that this server does not know
/// is answered by it: both give the same JSON.</summary>
internal static class TwoWays
{
    public static async Task<RpcAnswer> AssertAlikeAsync(
        this TestApp app,
        string method,
        JsonObject parameters,
        string? token,
        bool perRequest
    )
    {
        var direct = await SendAsync(app, method, parameters.DeepClone().AsObject(), token, perRequest);
        var odd = parameters.DeepClone().AsObject();
        odd["odd"] = 1;
        var bySdk = await SendAsync(app, method, odd, token, perRequest);
        AssertAlike(bySdk, direct);
        return direct;
    }

    public static void AssertAlike(RpcAnswer bySdk, RpcAnswer direct)
    {
        Assert.Equal((bySdk.Status, bySdk.ContentType), (direct.Status, direct.ContentType));
        Assert.True(JsonNode.DeepEquals(bySdk.Json, direct.Json), $"{bySdk.Body}\n{direct.Body}");
    }

    public static Task<RpcAnswer> SendAsync(
        this TestApp app,
        string method,
        JsonObject parameters,
        string? token,
        bool perRequest
    ) => perRequest ? app.Rpc.PerRequestAsync(method, parameters, token) : app.Rpc.RequestAsync(method, parameters, token);
}
