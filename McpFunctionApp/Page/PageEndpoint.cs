using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using McpFunctionApp.Sample;
using Microsoft.Net.Http.Headers;

namespace McpFunctionApp.Page;

/// <summary>
/// <c>GET /</c>: what this server is, how a client connects to it, and what a token sees. The same for everybody.
/// </summary>
public sealed class PageEndpoint(PageOptions options)
{
    private readonly Lazy<(byte[] Document, string Policy)> _page = new(() => Write(options));

    /// <summary>Whether a request names <c>text/html</c>, as browsers do and clients of MCP do not.</summary>
    public static bool IsAskedFor(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type =>
            type.Quality is null or > 0 && type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)
        );

    public static void Redirect(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"{context.Request.PathBase}/";
    }

    /// <summary>Shows it to a GET; any other verb is an unknown address, as it is under the Functions host.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            return ShowAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public async Task ShowAsync(HttpContext context)
    {
        var (document, policy) = _page.Value;
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = document.Length;
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-cache";
        await response.Body.WriteAsync(document, context.RequestAborted);
    }

    private static (byte[] Document, string Policy) Write(PageOptions options)
    {
        var page = new StringBuilder(ViewDocument.Read("page.html"))
            .Replace("{icon}", AppIcon.Uri)
            .Replace("{version}", WebUtility.HtmlEncode(options.Version))
            .Replace("{signin}", options.AsksToSignIn ? "true" : "false")
            .Replace("{demonstration}", WebUtility.HtmlEncode(Samples(options.IsDemonstration).ToJsonString()))
            .ToString();
        return (Encoding.UTF8.GetBytes(page), ViewDocument.PolicyOf(page));
    }

    private static JsonArray Samples(bool isDemonstration) =>
        isDemonstration
            ? [.. SampleCallers.All.Select(caller => new JsonObject { ["token"] = caller.Token, ["shows"] = caller.Shows })]
            : [];
}
