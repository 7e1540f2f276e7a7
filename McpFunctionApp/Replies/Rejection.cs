using System.Globalization;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Replies;

/// <summary>A request that is refused before any MCP server sees it: the HTTP status and the JSON-RPC error that say
/// why.</summary>
/// <param name="Id">The request's id; the default, written as null, where it has no usable one.</param>
public sealed record Rejection(int Status, int Code, string Message, RequestId Id = default, JsonNode? Data = null)
{
    /// <summary>The first of those that JSON-RPC leaves to servers.</summary>
    public const int ServerBusy = -32000;

    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int HeaderMismatch = -32020;
    public const int MissingCapability = -32021;
    public const int UnsupportedVersion = -32022;

    public static Rejection BadRequest(int code, string message, RequestId id = default, JsonNode? data = null) =>
        new(StatusCodes.Status400BadRequest, code, message, id, data);

    /// <summary>When to try again; null where trying again would not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The status, and when to try again.</summary>
    public void WriteHead(HttpResponse response)
    {
        response.StatusCode = Status;
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    public async Task WriteAsync(HttpContext context)
    {
        var error = new JsonRpcError
        {
            Id = Id,
            Error = new JsonRpcErrorDetail
            {
                Code = Code,
                Message = Message,
                Data = Data,
            },
        };
        WriteHead(context.Response);
        context.Response.ContentType = "application/json";
        var json = JsonSerializer.SerializeToUtf8Bytes(error, RpcJson.TypeOf<JsonRpcError>());
        context.Response.ContentLength = json.Length;
        await BodyPieces.WriteAsync(context.Response, json, context.RequestAborted);
    }
}
