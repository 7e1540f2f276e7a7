using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Replies;

/// <summary>A request that is refused before any MCP server sees it: the HTTP status and the JSON-RPC error that say why.</summary>
/// <param name="Id">The request's id; the default, written as null, where it has no usable one.</param>
public sealed record Rejection(int Status, int Code, string Message, RequestId Id = default, JsonNode? Data = null)
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int HeaderMismatch = -32020;
    public const int MissingCapability = -32021;
    public const int UnsupportedVersion = -32022;

    private static readonly JsonTypeInfo<JsonRpcError> s_type =
        (JsonTypeInfo<JsonRpcError>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcError));

    public static Rejection BadRequest(int code, string message, RequestId id = default, JsonNode? data = null) =>
        new(StatusCodes.Status400BadRequest, code, message, id, data);

    public async Task WriteAsync(HttpContext context)
    {
        var error = new JsonRpcError
        {
            Id = Id,
            Error = new JsonRpcErrorDetail { Code = Code, Message = Message, Data = Data },
        };
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        var json = JsonSerializer.SerializeToUtf8Bytes(error, s_type);
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }
}
