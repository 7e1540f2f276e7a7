using System.Text;
using McpFunctionApp.Callers;
using McpFunctionApp.Settings;

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
        var address = options.Resource is { } set && !IsName(set) ? set : null;
        if (
            HttpAddress.Of(address ?? $"{request.Scheme}://{host}/mcp") is not { } url
            || !Ascii.IsValid(host)
            || url.UserInfo.Length + url.Query.Length + url.Fragment.Length > 0
            || (address is null && url.AbsolutePath != "/mcp")
        )
        {
            return null;
        }

        var origin = url.GetLeftPart(UriPartial.Authority);
        var path = url.AbsolutePath.TrimEnd('/');
        return new ProtectedResource(
            address is null ? options.Resource ?? (origin + path) : origin + path,
            $"{origin}{WellKnownPath}{path}"
        );
    }

    /// <summary>A URI by which an authority knows this server and where nothing can be fetched, such as
    /// <c>api://...</c>.</summary>
    private static bool IsName(string resource) =>
        Uri.TryCreate(resource, UriKind.Absolute, out var uri) && uri.Scheme is not ("http" or "https");
}
