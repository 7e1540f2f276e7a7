using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Endpoint;

/// <summary>
/// Answers ordinary lists and calls without making an MCP server for each: writes what the SDK's server would have
/// written, a list from the kept bytes of its tools.
/// </summary>
public sealed class DirectAnswers(McpServerOptions server, ToolHandlers tools)
{
    private readonly McpRequestHandler<ListToolsRequestParams, ListToolsResult>? _list = server.Handlers.ListToolsHandler;
    private readonly McpRequestHandler<CallToolRequestParams, CallToolResult>? _call = server.Handlers.CallToolHandler;
    private readonly byte[] _serverInfo = JsonSerializer.SerializeToUtf8Bytes(
        server.ServerInfo!, (JsonTypeInfo<Implementation>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Implementation)));

    /// <summary>A handler that has been put in ours' place since may need the SDK's server, for notifications.</summary>
    public bool Cover(IncomingMessage message) =>
        server.Handlers.ListToolsHandler == _list && server.Handlers.CallToolHandler == _call && OrdinaryMessage.Is(message);

    public async Task WriteAsync(HttpContext context, IncomingMessage message, RequestFacts facts)
    {
        if (facts.Tools.Listing is { } listing)
        {
            await ListAnswer.WriteAsync(context, listing, message.Id, facts.IsPerRequest ? _serverInfo : null);
            return;
        }

        try
        {
            var reply = await tools.RunAsync(message.Params!.Value.GetProperty("name"u8).GetString()!, facts, context.RequestAborted);
            await CallAnswer.WriteAsync(context, reply, message.Id, facts.IsPerRequest ? _serverInfo : null);
        }
        catch (McpProtocolException e)
        {
            await new Rejection(StatusCodes.Status200OK, (int)e.ErrorCode, e.Message, message.Id).WriteAsync(context);
        }
    }
}
