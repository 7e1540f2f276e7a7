using System.Text;
using McpFunctionApp.Callers;

namespace McpFunctionApp.Admission;

/// <summary>The MCP endpoint's own address, as clients know it, and where its metadata is (RFC 9728, section 3.1).</summary>
public sealed record ProtectedResource(string Identifier, string MetadataUrl)
{
    public const string WellKnownPath = "/.well-known/oauth-protected-resource";

    /// <returns>Null where the address is not configured and the request does not name a usable host.</returns>
    public static ProtectedResource? Of(HttpRequest request, SignInOptions options)
    {
        // The Host header is the client's: what is no plain address must not get into a header or a document.
        var host = request.Headers.Host.ToString();
        if (!Uri.TryCreate(options.Resource ?? $"{request.Scheme}://{host}/mcp", UriKind.Absolute, out var url) || !Ascii.IsValid(host)
            || url.Scheme is not ("http" or "https") || url.UserInfo.Length + url.Query.Length + url.Fragment.Length > 0
            || (options.Resource is null && url.AbsolutePath != "/mcp"))
        {
            return null;
        }

        var origin = url.GetLeftPart(UriPartial.Authority);
        var path = url.AbsolutePath.TrimEnd('/');
        return new ProtectedResource(origin + path, $"{origin}{WellKnownPath}{path}");
    }
}
