using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>Tools that report progress and write to the client's log, whether or not the client wants it: the endpoint
/// decides.</summary>
internal static class NotifyingTools
{
    public static IEnumerable<FixtureTool> All =>
        [
            FixtureTool.Saying("test_tool_with_progress", "Reports its progress", ProgressAsync),
            FixtureTool.Saying("test_tool_with_logging", "Logs three lines", LogAsync),
            FixtureTool.Saying("test_logging_tool", "Logs three lines", LogAsync),
        ];

    private static async Task<string> ProgressAsync(
        RequestContext<CallToolRequestParams> context,
        CancellationToken cancellationToken
    )
    {
        if (context.Params.ProgressToken is { } token)
        {
            foreach (var progress in new[] { 0, 50, 100 })
            {
                await context.Server.NotifyProgressAsync(
                    token,
                    new() { Progress = progress, Total = 100 },
                    cancellationToken: cancellationToken
                );
            }
        }

        return "Progress was reported.";
    }

    private static async Task<string> LogAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        foreach (var text in new[] { "Tool execution started", "Tool processing data", "Tool execution completed" })
        {
            var line = new JsonObject { ["level"] = "info", ["data"] = text };
            await context.Server.SendMessageAsync(
                new JsonRpcNotification { Method = "notifications/message", Params = line },
                cancellationToken
            );
        }

        return "Three lines were logged.";
    }
}
