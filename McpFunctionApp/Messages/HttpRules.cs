using McpFunctionApp.Replies;
using McpFunctionApp.Settings;
using Microsoft.Net.Http.Headers;

namespace McpFunctionApp.Messages;

/// <summary>What HTTP owes an MCP server before the body is looked at: method, origin, content type, Accept. Pure
/// checks.</summary>
public static class HttpRules
{
    public static Rejection? Check(HttpRequest request, EndpointOptions options) =>
        CheckOrigin(request, options) ?? CheckMethod(request) ?? CheckContentType(request) ?? CheckAccept(request);

    /// <summary>It must be this server's own, a configured one, or loopback on a loopback address.</summary>
    public static bool IsAllowedOrigin(HttpRequest request, string origin, EndpointOptions options)
    {
        if (WebOrigin.Read(origin) is not { } asked)
        {
            return false;
        }

        if (options.AllowedOrigins.Contains(asked))
        {
            return true;
        }

        if (!Uri.TryCreate(asked, UriKind.Absolute, out var url) || !WebOrigin.IsWeb(url))
        {
            return false;
        }

        var own = WebOrigin.Read($"{request.Scheme}://{request.Host.Value}");
        return asked == own || (Loopback.IsHost(request.Host.Host) && Loopback.Is(url));
    }

    private static Rejection? CheckOrigin(HttpRequest request, EndpointOptions options)
    {
        var origin = request.Headers.Origin;
        return origin.Count == 0 || (origin.Count == 1 && IsAllowedOrigin(request, origin[0] ?? "", options))
            ? null
            : new Rejection(
                StatusCodes.Status403Forbidden,
                Rejection.InvalidRequest,
                "This origin may not call this server. Add it to Endpoint:AllowedOrigins if it should."
            );
    }

    private static Rejection? CheckMethod(HttpRequest request)
    {
        if (HttpMethods.IsPost(request.Method))
        {
            return null;
        }

        request.HttpContext.Response.Headers.Allow = HttpMethods.Post;
        return new Rejection(
            StatusCodes.Status405MethodNotAllowed,
            Rejection.InvalidRequest,
            "Only POST is served here: this server is stateless, without sessions and server-sent streams."
        );
    }

    private static Rejection? CheckContentType(HttpRequest request)
    {
        if (request.ContentType == "application/json" && request.Headers.ContentEncoding.Count == 0)
        {
            // What nearly every client sends needs no parser.
            return null;
        }

        var isJson =
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        var isPlain = request.Headers.ContentEncoding.All(encoding => encoding is null or "" or "identity");
        return isJson && isPlain
            ? null
            : new Rejection(
                StatusCodes.Status415UnsupportedMediaType,
                Rejection.InvalidRequest,
                "The body must be sent as 'Content-Type: application/json', in UTF-8 and uncompressed."
            );
    }

    private static Rejection? CheckAccept(HttpRequest request) =>
        AcceptedAnswer.Of(request) is { Json: false, Events: false }
            ? new Rejection(
                StatusCodes.Status406NotAcceptable,
                Rejection.InvalidRequest,
                "Answers are application/json, or text/event-stream: the Accept header must allow one of them."
            )
            : null;
}
