using System.Text;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Page;

/// <summary>The picture by which people know this server and its forms, as a <c>data:</c> URI that needs no network.</summary>
public static class AppIcon
{
    private static readonly Lazy<string> s_uri = new(Encode);

    public static string Uri => s_uri.Value;

    /// <summary>As MCP lists icons (revision 2025-11-25); a new object each time, since it can be written into.</summary>
    public static Icon ToIcon() =>
        new()
        {
            Source = Uri,
            MimeType = "image/svg+xml",
            Sizes = ["any"],
        };

    private static string Encode() =>
        $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(ViewDocument.Resource("icon.svg").Trim()))}";
}
