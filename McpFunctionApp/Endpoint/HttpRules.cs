using System.Net;
using McpFunctionApp.Replies;
using Microsoft.Net.Http.Headers;

namespace McpFunctionApp.Endpoint;

/// <summary>What HTTP owes an MCP server before the body is looked at: method, origin, content type, Accept. Pure checks.</summary>
public static class HttpRules
{
    public static Rejection? Check(HttpRequest request, EndpointOptions options) =>
        CheckOrigin(request, options) ?? CheckMethod(request) ?? CheckContentType(request) ?? CheckAccept(request);

    /// <summary>No origin is fine; else it must be this server's own, a configured one, or loopback on a loopback address.</summary>
    public static bool IsAllowedOrigin(HttpRequest request, string origin, EndpointOptions options)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            return false;
        }

        var own = Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var host) ? host : null;
        return options.AllowedOrigins.Contains(parsed.GetLeftPart(UriPartial.Authority))
            || (own is not null && own.GetLeftPart(UriPartial.Authority) == parsed.GetLeftPart(UriPartial.Authority))
            || (IsLoopback(request.Host.Host) && IsLoopback(parsed.Host));
    }

    /// <summary>Whether a host name means this machine alone.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Rejection? CheckOrigin(HttpRequest request, EndpointOptions options)
    {
        var origin = request.Headers.Origin;
        return origin.Count == 0 || (origin.Count == 1 && IsAllowedOrigin(request, origin[0] ?? "", options))
            ? null
            : new Rejection(StatusCodes.Status403Forbidden, Rejection.InvalidRequest, "This origin may not call this server. Add it to Endpoint:AllowedOrigins if it should.");
    }

    private static Rejection? CheckMethod(HttpRequest request)
    {
        if (HttpMethods.IsPost(request.Method))
        {
            return null;
        }

        request.HttpContext.Response.Headers.Allow = HttpMethods.Post;
        return new Rejection(StatusCodes.Status405MethodNotAllowed, Rejection.InvalidRequest, "Only POST is served here: this server is stateless, without sessions and server-sent streams.");
    }

    private static Rejection? CheckContentType(HttpRequest request)
    {
        if (request.ContentType == "application/json" && request.Headers.ContentEncoding.Count == 0)
        {
            // What nearly every client sends needs no parser.
            return null;
        }

        var isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        var isPlain = request.Headers.ContentEncoding.All(encoding => encoding is null or "" or "identity");
        return isJson && isPlain
            ? null
            : new Rejection(StatusCodes.Status415UnsupportedMediaType, Rejection.InvalidRequest, "The body must be sent as 'Content-Type: application/json', in UTF-8 and uncompressed.");
    }

    private static Rejection? CheckAccept(HttpRequest request) =>
        request.Headers.Accept is ["application/json, text/event-stream"]
        || (MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
            && Accepts(accepted, "application/json") && Accepts(accepted, "text/event-stream"))
            ? null
            : new Rejection(StatusCodes.Status406NotAcceptable, Rejection.InvalidRequest, "The Accept header must list both application/json and text/event-stream.");

    /// <summary>By the most specific entry that matches (RFC 9110, section 12.5.1); a quality of 0 refuses.</summary>
    private static bool Accepts(IList<MediaTypeHeaderValue> accepted, string mediaType)
    {
        var wanted = new MediaTypeHeaderValue(mediaType);
        var match = accepted.FirstOrDefault(type => wanted.MediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(type => type.MatchesAllSubTypes && !type.MatchesAllTypes && type.Type.Equals(wanted.Type, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(type => type.MatchesAllTypes);
        return match is { Quality: null or > 0 };
    }
}
