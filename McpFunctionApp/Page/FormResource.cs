using System.Text.Json.Nodes;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Page;

/// <summary>
/// The form in a chat: the resource of MCP Apps (extension <c>io.modelcontextprotocol/ui</c>, specification 2026-01-26),
/// one document that is the same for everybody; what it draws comes with the result of a draft.
/// </summary>
public static class FormResource
{
    public const string Extension = "io.modelcontextprotocol/ui";
    public const string Uri = ReplyMeta.FormResource;
    public const string MimeType = "text/html;profile=mcp-app";

    // It changes with the program alone; a host that keeps it longer than that shows yesterday's drawing for an hour.
    private static readonly TimeSpan s_life = TimeSpan.FromHours(1);
    private static readonly Lazy<string> s_document = new(() => ViewDocument.Read("app.html"));

    public static string Document => s_document.Value;

    /// <summary>What the server's capabilities say of the extension.</summary>
    public static Dictionary<string, object> Extensions() =>
        new() { [Extension] = new JsonObject { ["mimeTypes"] = new JsonArray(MimeType) } };

    /// <param name="isCacheable">False for handshake revisions, whose clients reject members that they do not know.</param>
    public static ListResourcesResult List(bool isCacheable) =>
        new()
        {
            Resources =
            [
                new Resource
                {
                    Uri = Uri,
                    Name = "form",
                    Title = "Form",
                    Description = "Draws the form that a draft_ tool has opened, and sends it. For hosts with MCP Apps.",
                    MimeType = MimeType,
                },
            ],
            TimeToLive = isCacheable ? s_life : null,
            CacheScope = isCacheable ? CacheScope.Private : null,
        };

    /// <summary>The document, with no policy of its own: the hosts' default allows what it needs, and no network.</summary>
    public static ReadResourceResult Read(bool isCacheable) =>
        new()
        {
            Contents =
            [
                new TextResourceContents
                {
                    Uri = Uri,
                    MimeType = MimeType,
                    Text = Document,
                    Meta = new JsonObject { ["ui"] = new JsonObject { ["prefersBorder"] = true } },
                },
            ],
            TimeToLive = isCacheable ? s_life : null,
            CacheScope = isCacheable ? CacheScope.Public : null,
        };
}
