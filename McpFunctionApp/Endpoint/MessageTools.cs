using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>
/// The tools that one message needs, looked up once, before any MCP server is made: what a form API says of the token
/// may end the request, and what it gave is what the message is answered with.
/// </summary>
/// <param name="Listing">For <c>tools/list</c>.</param>
/// <param name="Lookup">For <c>tools/call</c>.</param>
public sealed record MessageTools(ToolListing? Listing, ToolLookup? Lookup)
{
    public static MessageTools None { get; } = new(null, null);

    public TokenVerdict Verdict => Listing?.Verdict ?? Lookup?.Verdict ?? TokenVerdict.None;

    public static async ValueTask<MessageTools> LookUpAsync(IncomingMessage message, Caller? caller, ToolCatalog catalog, CancellationToken cancellationToken) => message.Method switch
    {
        RequestMethods.ToolsList => new MessageTools(await catalog.ListAsync(caller, cancellationToken), null),
        RequestMethods.ToolsCall => new MessageTools(null, await catalog.FindAsync(NameOf(message), caller, cancellationToken)),
        _ => None,
    };

    private static string NameOf(IncomingMessage message) => message.Params!.Value.GetProperty("name").GetString()!;
}
