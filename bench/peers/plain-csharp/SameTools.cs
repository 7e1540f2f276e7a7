using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Bench.Peers;

/// <summary>The tools that the product lists, without its checks of the arguments.</summary>
internal static class SameTools
{
    public static void Set(McpServerOptions options, byte[] tools)
    {
        var type = McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IList<Tool>));
        var listed = (IList<Tool>)JsonSerializer.Deserialize(tools, type)!;
        options.ServerInfo = new Implementation { Name = "plain-csharp", Version = "1.0.0" };
        options.Handlers.ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = listed });
        options.Handlers.CallToolHandler = (context, _) => ValueTask.FromResult(Call(context.Params));
    }

    private static CallToolResult Call(CallToolRequestParams call) =>
        call.Name switch
        {
            "add" => Number(Whole(call, "a") + Whole(call, "b")),
            "multiply" => Number(Whole(call, "a") * Whole(call, "b")),
            "echo" => Reply(
                $"Echo: {call.Arguments?["message"].GetString()}",
                new JsonObject { ["message"] = $"Echo: {call.Arguments?["message"].GetString()}" }
            ),
            "create_request" => Created(
                new JsonObject
                {
                    ["id"] = "1",
                    ["timestamp"] = DateTime.UtcNow,
                    ["status"] = "pending",
                    ["data"] = new JsonObject(),
                }
            ),
            _ => throw new McpProtocolException("Unknown tool", McpErrorCode.InvalidParams),
        };

    private static long Whole(CallToolRequestParams call, string name) => call.Arguments![name].GetInt64();

    private static CallToolResult Number(long value) =>
        Reply(value.ToString(CultureInfo.InvariantCulture), new JsonObject { ["result"] = value });

    private static CallToolResult Created(JsonObject receipt) => Reply(receipt.ToJsonString(), receipt);

    private static CallToolResult Reply(string text, JsonObject structured) =>
        new()
        {
            Content = [new TextContentBlock { Text = text }],
            StructuredContent = JsonSerializer.SerializeToElement(structured),
        };
}
