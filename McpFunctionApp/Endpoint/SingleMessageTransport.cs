using System.Text.Json.Nodes;
using System.Threading.Channels;
using McpFunctionApp.Messages;
using McpFunctionApp.Replies;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>
/// The transport of exactly one message: hands the request to the SDK's server and writes what comes back as the HTTP
/// response. One gate for everything that goes out, closed by the answer: nothing can interleave with it or follow it.
/// The answer is JSON; a notification that precedes it turns the response into server-sent events.
/// </summary>
public sealed class SingleMessageTransport : ITransport
{
    private readonly Channel<JsonRpcMessage> _incoming = Channel.CreateBounded<JsonRpcMessage>(1);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly HttpContext _context;
    private readonly bool _isPerRequest;
    private readonly bool _isDiscovery;
    private readonly int? _wantedLogLevel;
    private readonly BytesInFlight.Claim? _claim;
    private bool _isStream;

    /// <param name="wantedLogLevel">The rank of the log level that the request's <c>_meta</c> asks for; null: it asks for
    /// none.</param>
    /// <param name="claim">Counts the bytes of what goes out; null where nobody does.</param>
    public SingleMessageTransport(
        HttpContext context,
        JsonRpcRequest request,
        bool isPerRequest,
        int? wantedLogLevel,
        BytesInFlight.Claim? claim = null
    )
    {
        _context = context;
        _isPerRequest = isPerRequest;
        _isDiscovery = request.Method == RequestMethods.ServerDiscover;
        _wantedLogLevel = wantedLogLevel;
        _claim = claim;
        _incoming.Writer.TryWrite(request);
        _incoming.Writer.Complete();
    }

    /// <summary>Whether the request has been answered.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>The JSON-RPC code of an answer that is an error; null where it is none.</summary>
    public int? ErrorCode { get; private set; }

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => _incoming.Reader;

    /// <exception cref="McpException">A request to the client: a stateless server could never see its answer.</exception>
    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        if (message is JsonRpcRequest request)
        {
            throw new McpException($"This server is stateless and cannot send '{request.Method}' to the client.");
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!IsAnswered && !IsUnwanted(message) && !IsUnwantedLog(message))
            {
                await WriteAsync(message);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _gate.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A client that takes JSON alone gets its answer, and nothing before it.</summary>
    private bool IsUnwanted(JsonRpcMessage message) =>
        message is JsonRpcNotification && !AcceptedAnswer.Of(_context.Request).Events;

    /// <summary>Since revision 2026-07-28 a client gets log notifications only where its request asks for a level, and from that
    /// level on.</summary>
    private bool IsUnwantedLog(JsonRpcMessage message) =>
        _isPerRequest
        && message is JsonRpcNotification { Method: "notifications/message" } log
        && !(LogLevels.Rank(log.Params?["level"]?.GetValue<string>()) >= _wantedLogLevel);

    private async Task WriteAsync(JsonRpcMessage message)
    {
        if (_isPerRequest && !_isDiscovery)
        {
            LeaveOutIcons(message);
        }

        // First, since what cannot be serialized is no answer yet: an error may still be one.
        var json = JsonSerializer.SerializeToUtf8Bytes(message, RpcJson.TypeOf<JsonRpcMessage>());
        if (json.Length > BodyPieces.Size)
        {
            _claim?.Add(json.Length);
        }

        IsAnswered = message is JsonRpcMessageWithId;
        ErrorCode = (message as JsonRpcError)?.Error.Code;
        if (!_context.Response.HasStarted && !_isStream)
        {
            Begin(message);
        }

        // What was begun is written whole, whatever becomes of the sender: only the client's going away ends it.
        var body = _context.Response.Body;
        if (!_isStream)
        {
            _context.Response.ContentLength = json.Length;
            await BodyPieces.WriteAsync(_context.Response, json, _context.RequestAborted);
            return;
        }

        await body.WriteAsync("event: message\ndata: "u8.ToArray(), _context.RequestAborted);
        await BodyPieces.WriteAsync(_context.Response, json, _context.RequestAborted);
        await body.WriteAsync("\n\n"u8.ToArray(), _context.RequestAborted);
        await body.FlushAsync(_context.RequestAborted);
    }

    /// <summary>Since revision 2026-07-28 every answer says who gave it: the picture goes with the one to a discovery
    /// alone.</summary>
    private static void LeaveOutIcons(JsonRpcMessage message)
    {
        if (message is JsonRpcResponse { Result: JsonObject result } && result["_meta"]?[MetaKeys.ServerInfo] is JsonObject info)
        {
            info.Remove("icons");
        }
    }

    private void Begin(JsonRpcMessage first)
    {
        var response = _context.Response;
        _isStream = first is JsonRpcNotification;
        response.StatusCode = StatusOf(first);
        response.ContentType = _isStream ? "text/event-stream" : "application/json";
        if (_isStream)
        {
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
        }
    }

    private int StatusOf(JsonRpcMessage first) =>
        first is JsonRpcError error && _isPerRequest
            ? error.Error.Code switch
            {
                Rejection.MethodNotFound => StatusCodes.Status404NotFound,
                Rejection.HeaderMismatch or Rejection.MissingCapability or Rejection.UnsupportedVersion =>
                    StatusCodes.Status400BadRequest,
                _ => StatusCodes.Status200OK,
            }
            : StatusCodes.Status200OK;
}
