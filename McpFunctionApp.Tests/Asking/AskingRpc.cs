using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>Calls of a client that can ask the person behind it, in revision 2026-07-28.</summary>
internal static class AskingRpc
{
    public const string Tool = "create_request";

    public const string CanAsk = """{"elicitation":{}}""";

    private const string Prefix = "io.github.mcp-function-app/";

    /// <param name="answer">The person's answer, such as <c>{"action":"accept","content":{}}</c>; null: none.</param>
    /// <param name="draft">The draft that the call sends; null: none.</param>
    public static Task<RpcAnswer> AskAsync(
        this RpcClient rpc,
        string arguments,
        string? state = null,
        string? answer = null,
        string token = Given.Token,
        string tool = Tool,
        string capabilities = CanAsk,
        JsonNode? draft = null
    )
    {
        var parameters = Parameters(arguments, tool, draft);
        parameters["_meta"]!["io.modelcontextprotocol/clientCapabilities"] = JsonNode.Parse(capabilities);
        if (state is not null)
        {
            parameters["requestState"] = state;
        }

        if (answer is not null)
        {
            parameters["inputResponses"] = new JsonObject { ["form"] = JsonNode.Parse(answer) };
        }

        return rpc.PerRequestAsync("tools/call", parameters, token);
    }

    public static Task<RpcAnswer> AcceptAsync(
        this RpcClient rpc,
        string arguments,
        RpcAnswer asked,
        string content,
        string token = Given.Token,
        string tool = Tool
    ) => rpc.AskAsync(arguments, asked.State(), $$"""{"action":"accept","content":{{content}}}""", token, tool);

    /// <summary>A call that sends a draft, in a handshake revision.</summary>
    public static Task<RpcAnswer> SendDraftAsync(
        this RpcClient rpc,
        string arguments,
        JsonNode? draft,
        string token = Given.Token,
        string tool = Tool
    ) => rpc.RequestAsync("tools/call", Parameters(arguments, tool, draft), token);

    public static async Task<string> DraftKeyAsync(this RpcClient rpc, string token = Given.Token, string tool = Tool) =>
        (await rpc.CallAsync($"draft_{tool}", "{}", token)).DraftKey();

    public static string DraftKey(this RpcAnswer answer) => (string)answer.Result["_meta"]![$"{Prefix}draft"]!;

    public static JsonNode Form(this RpcAnswer answer) => answer.Result["_meta"]![$"{Prefix}form"]!;

    /// <summary>What an error says beside its text.</summary>
    public static JsonObject ErrorMeta(this RpcAnswer answer) => answer.Result["_meta"]![$"{Prefix}error"]!.AsObject();

    public static string State(this RpcAnswer answer) => (string)answer.Result["requestState"]!;

    public static bool IsAsked(this RpcAnswer answer) => (string?)answer.Result["resultType"] == "input_required";

    /// <summary>The schema of what is asked for.</summary>
    public static JsonObject Asked(this RpcAnswer answer) => answer.Elicitation()["requestedSchema"]!.AsObject();

    public static JsonObject Elicitation(this RpcAnswer answer) => answer.Result["inputRequests"]!["form"]!["params"]!.AsObject();

    public static IReadOnlyList<string> AskedFor(this RpcAnswer answer) =>
        [.. answer.Asked()["properties"]!.AsObject().Select(property => property.Key)];

    private static JsonObject Parameters(string arguments, string tool, JsonNode? draft) =>
        new()
        {
            ["name"] = tool,
            ["arguments"] = JsonNode.Parse(arguments),
            ["_meta"] = draft is null ? [] : new JsonObject { [$"{Prefix}draft"] = draft.DeepClone() },
        };
}
