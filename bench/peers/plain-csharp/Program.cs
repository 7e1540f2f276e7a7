using System.Text.Json;
using Bench.Peers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

// What a plain C# server does: the SDK's own HTTP transport on Kestrel, stateless, with a server of its own per request.
// Arguments: the address to listen on, and the file with the tools to list.
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Error);
builder.WebHost.UseKestrelCore().UseUrls(args[0]);
var options = SameTools.Options(await File.ReadAllBytesAsync(args[1]));
var message = McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

await using var app = builder.Build();
app.Run(AnswerAsync);
await app.RunAsync();

async Task AnswerAsync(HttpContext context)
{
    var stop = context.RequestAborted;
    var request = (JsonRpcMessage)(await JsonSerializer.DeserializeAsync(context.Request.Body, message, stop))!;
    request.Context = new JsonRpcMessageContext { ProtocolVersion = context.Request.Headers["MCP-Protocol-Version"] };
    context.Response.ContentType = "text/event-stream";
    context.Response.Headers.CacheControl = "no-cache,no-store";

    await using var transport = new StreamableHttpServerTransport(NullLoggerFactory.Instance) { Stateless = true };
    await using var server = McpServer.Create(transport, options, NullLoggerFactory.Instance, context.RequestServices);
    var running = server.RunAsync(stop);
    await transport.HandlePostRequestAsync(request, context.Response.Body, stop);
    await transport.DisposeAsync();
    await running;
}
