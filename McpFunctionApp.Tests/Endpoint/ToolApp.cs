using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>The product with the core's call handler replaced: a tool that the product does not have, such as one that reports
/// progress.</summary>
internal static class ToolApp
{
    public delegate Task<string> Tool(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken);

    public static async Task<TestApp> StartAsync(Tool tool, Action<IServiceCollection>? services = null)
    {
        var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:1/form" },
            services: services
        );
        app.Use(tool);
        return app;
    }

    /// <summary>Replaces the tool: every request's server is made with these options, so that it holds from the next request
    /// on.</summary>
    public static void Use(this TestApp app, Tool tool) =>
        app.Services.GetRequiredService<McpServerOptions>().Handlers.CallToolHandler = async (context, cancellationToken) =>
            new CallToolResult { Content = [new TextContentBlock { Text = await tool(context, cancellationToken) }] };

    /// <summary>Calls the tool with the progress token "p".</summary>
    public static Task<RpcAnswer> CallToolAsync(
        this TestApp app,
        bool perRequest,
        string? logLevel = null,
        string capabilities = "{}",
        string id = "1"
    )
    {
        var meta = perRequest
            ? "\"progressToken\":\"p\",\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + $"\"io.modelcontextprotocol/clientCapabilities\":{capabilities}"
            : "\"progressToken\":\"p\"";
        var level = logLevel is null ? "" : $",\"io.modelcontextprotocol/logLevel\":\"{logLevel}\"";
        return app.Rpc.PostAsync(
            Wire.Body("tools/call", $$""" "name":"add","_meta":{ {{meta}}{{level}} } """, id: id),
            null,
            perRequest ? Wire.Headers("tools/call") : [("MCP-Protocol-Version", "2025-11-25")]
        );
    }

    public static Task ProgressAsync(
        this RequestContext<CallToolRequestParams> context,
        float progress,
        CancellationToken cancellationToken = default
    ) =>
        context.Server.NotifyProgressAsync(
            context.Params.ProgressToken!.Value,
            new() { Progress = progress, Message = "step" },
            cancellationToken: cancellationToken
        );

    public static Task LogAsync(
        this RequestContext<CallToolRequestParams> context,
        string level,
        CancellationToken cancellationToken = default
    ) =>
        context.Server.SendMessageAsync(
            new JsonRpcNotification
            {
                Method = "notifications/message",
                Params = new System.Text.Json.Nodes.JsonObject { ["level"] = level, ["data"] = $"logged at {level}" },
            },
            cancellationToken
        );

    public static bool HasErrors(this TestApp app) => app.Log.Lines.Any(line => line.Level >= LogLevel.Error);
}
