using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Bench.Micro;

/// <summary>The SDK's stateless server with its own HTTP transport, which lists the tools that the product has listed.</summary>
internal sealed class SdkEndpoint
{
    private readonly IServiceProvider _services;
    private readonly McpServerOptions _options;

    public SdkEndpoint(IServiceProvider services, byte[] answer)
    {
        var tools = JsonNode.Parse(answer)!["result"]!["tools"].Deserialize<IList<Tool>>(McpJsonUtilities.DefaultOptions)!;
        _services = services;
        _options = new McpServerOptions
        {
            ScopeRequests = false,
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = tools }),
            },
        };
    }

    public async Task HandleAsync(HttpContext context)
    {
        var type = McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));
        var message = (JsonRpcMessage)(await JsonSerializer.DeserializeAsync(context.Request.Body, type))!;
        message.Context = new JsonRpcMessageContext { ProtocolVersion = context.Request.Headers["MCP-Protocol-Version"] };
        await using var transport = new StreamableHttpServerTransport(NullLoggerFactory.Instance) { Stateless = true };
        await using var server = McpServer.Create(transport, _options, NullLoggerFactory.Instance, _services);
        var running = server.RunAsync();
        await transport.HandlePostRequestAsync(message, context.Response.Body, CancellationToken.None);
        await transport.DisposeAsync();
        await running;
    }
}
