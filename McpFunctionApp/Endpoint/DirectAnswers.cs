using System.Buffers;
using McpFunctionApp.Messages;
using McpFunctionApp.Replies;
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
    // What is written here is tested against the SDK's server: the writer need not check it each time.
    private static readonly JsonWriterOptions s_trusted = new() { SkipValidation = true, Encoder = RpcJson.Encoder };

    private readonly McpRequestHandler<ListToolsRequestParams, ListToolsResult>? _list = server.Handlers.ListToolsHandler;
    private readonly McpRequestHandler<CallToolRequestParams, CallToolResult>? _call = server.Handlers.CallToolHandler;
    private readonly byte[] _serverInfo = Write(server.ServerInfo!);

    /// <summary>False where somebody has put a handler of their own in the place of ours, since that may need the SDK's server,
    /// for notifications.</summary>
    public bool Cover(IncomingMessage message) =>
        server.Handlers.ListToolsHandler == _list && server.Handlers.CallToolHandler == _call && OrdinaryMessage.Is(message);

    public async Task WriteAsync(HttpContext context, IncomingMessage message, RequestFacts facts)
    {
        var serverInfo = facts.IsPerRequest ? _serverInfo : null;
        if (facts.Tools.Listing is { } listing)
        {
            await (
                ListAnswer.SizeOf(listing) <= BodyPieces.Size
                    ? SendAsync(context, writer => ListAnswer.Write(writer, listing, message.Id, serverInfo))
                    : ListAnswer.SendInPiecesAsync(
                        context,
                        listing,
                        Bytes(writer => ListAnswer.WriteWithoutTools(writer, listing, message.Id, serverInfo))
                    )
            );
            return;
        }

        try
        {
            var reply = await tools.RunAsync(
                message.Params!.Value.GetProperty("name"u8).GetString()!,
                facts,
                context.RequestAborted
            );
            await (
                CallAnswer.SizeOf(reply) <= BodyPieces.Size
                    ? SendAsync(context, writer => CallAnswer.Write(writer, reply, message.Id, serverInfo))
                    : SendInPiecesAsync(
                        context,
                        Bytes(writer => CallAnswer.Write(writer, reply, message.Id, serverInfo)),
                        facts.Claim
                    )
            );
        }
        catch (McpProtocolException e)
        {
            facts.Operation?.Fail((int)e.ErrorCode);
            await new Rejection(StatusCodes.Status200OK, (int)e.ErrorCode, e.Message, message.Id).WriteAsync(context);
        }
    }

    /// <summary>Writes into the response's own buffers; nothing goes out, and the length can still be said, until they are
    /// flushed.</summary>
    private static async Task SendAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var body = context.Response.BodyWriter;
        using (var writer = new Utf8JsonWriter(body, s_trusted))
        {
            write(writer);
            writer.Flush();
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = writer.BytesCommitted;
        }

        await body.FlushAsync(context.RequestAborted);
    }

    private static Task SendInPiecesAsync(HttpContext context, ReadOnlyMemory<byte> json, BytesInFlight.Claim? claim)
    {
        claim?.Add(json.Length);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        return BodyPieces.WriteAsync(context.Response, json, context.RequestAborted);
    }

    private static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json, s_trusted);
        write(writer);
        writer.Flush();
        return json.WrittenMemory;
    }

    /// <summary>By hand, like everything here: the SDK's serializer would take longer to wake up than a first answer
    /// takes.</summary>
    private static byte[] Write(Implementation info)
    {
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json);
        writer.WriteStartObject();
        writer.WriteString("name"u8, info.Name);
        writer.WriteString("title"u8, info.Title);
        writer.WriteString("version"u8, info.Version);
        writer.WriteEndObject();
        writer.Flush();
        return json.WrittenSpan.ToArray();
    }
}
