using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Admission;

/// <summary>The app in front of a form API that accepts one token, with its whole log and every answer searched for tokens at the
/// end.</summary>
internal static class SignInApp
{
    public const string Server = "https://login.example/tenant";

    public static Dictionary<string, string?> Settings(string mode, params (string Name, string? Value)[] more)
    {
        var settings = more.ToDictionary(setting => setting.Name, setting => setting.Value);
        settings["Callers:Mode"] = mode;
        settings["Callers:AuthorizationServers:0"] = Server;
        return settings;
    }

    /// <summary>A form API that gives a form to <see cref="Given.Token"/> and refuses every other token.</summary>
    public static async Task<FakeFormApi> StartApiAsync()
    {
        var api = await FakeFormApi.StartAsync();
        api.ServeOneCaller();
        return api;
    }

    /// <summary>Any method in either era, with a whole Authorization header or none.</summary>
    public static Task<RpcAnswer> SendAsync(
        this RpcClient rpc,
        string method,
        string? authorization,
        bool perRequest,
        string? tool = null
    )
    {
        var message = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = "the-id",
            ["method"] = method,
            ["params"] = Parameters(method, tool, perRequest),
        };
        var headers = new List<(string, string)>();
        if (perRequest)
        {
            headers.AddRange([("MCP-Protocol-Version", RpcClient.PerRequest), ("Mcp-Method", method)]);
        }

        if (perRequest && tool is not null)
        {
            headers.Add(("Mcp-Name", tool));
        }

        if (authorization is not null)
        {
            headers.Add(("Authorization", authorization));
        }

        return rpc.PostAsync(message.ToJsonString(), null, [.. headers]);
    }

    /// <summary>Where a challenge says that the metadata is.</summary>
    public static string MetadataUrl(this WatchedApp app) => $"{app.Http.BaseAddress}.well-known/oauth-protected-resource/mcp";

    /// <summary>What an answer asks for by its header; nothing where it has none.</summary>
    public static string Challenge(this RpcAnswer answer) =>
        answer.Headers.TryGetValues("WWW-Authenticate", out var values) ? string.Join('\n', values) : "";

    private static JsonObject Parameters(string method, string? tool, bool perRequest)
    {
        var parameters = new JsonObject();
        if (method == "initialize")
        {
            parameters = new JsonObject
            {
                ["protocolVersion"] = "2025-11-25",
                ["capabilities"] = new JsonObject(),
                ["clientInfo"] = new JsonObject { ["name"] = "x", ["version"] = "1" },
            };
        }

        if (tool is not null)
        {
            parameters["name"] = tool;
            parameters["arguments"] = JsonNode.Parse(tool == "add" ? """{"a":1,"b":2}""" : Given.Call);
        }

        if (perRequest)
        {
            parameters["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = RpcClient.PerRequest,
                ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            };
        }

        return parameters;
    }
}
