using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Messages;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>
/// The tools and prompts that one message needs, looked up once, before any MCP server is made: what a form API says of
/// the token may end the request, and what it gave is what the message is answered with.
/// </summary>
/// <param name="Listing">For <c>tools/list</c>.</param>
/// <param name="Lookup">For <c>tools/call</c>.</param>
/// <param name="Prompts">For <c>prompts/list</c>, <c>prompts/get</c> and <c>completion/complete</c>.</param>
public sealed record MessageTools(ToolListing? Listing, ToolLookup? Lookup, CallerPrompts? Prompts = null)
{
    public static MessageTools None { get; } = new(null, null);

    /// <summary>Of lists and calls of tools alone: whoever is told there to sign in again need not be told of prompts, too, which
    /// many clients ask for unasked.</summary>
    public TokenVerdict Verdict => Listing?.Verdict ?? Lookup?.Verdict ?? TokenVerdict.None;

    public static async ValueTask<MessageTools> LookUpAsync(
        IncomingMessage message,
        Caller? caller,
        ToolCatalog catalog,
        CallerForms forms,
        CancellationToken cancellationToken
    ) =>
        message.Method switch
        {
            RequestMethods.ToolsList => new MessageTools(await catalog.ListAsync(caller, cancellationToken), null),
            RequestMethods.ToolsCall => new MessageTools(
                null,
                await catalog.FindAsync(NameOf(message.Params)!, caller, cancellationToken)
            ),
            RequestMethods.PromptsList => None with { Prompts = await CallerPrompts.OfAsync(forms, caller, cancellationToken) },
            RequestMethods.PromptsGet => None with
            {
                Prompts = await CallerPrompts.OfAsync(forms, NameOf(message.Params), caller, cancellationToken),
            },
            RequestMethods.CompletionComplete => None with
            {
                Prompts = await CallerPrompts.OfAsync(forms, NameOf(ReferenceOf(message)), caller, cancellationToken),
            },
            _ => None,
        };

    private static JsonElement? ReferenceOf(IncomingMessage message) =>
        message.Params is { ValueKind: JsonValueKind.Object } parameters && parameters.TryGetProperty("ref"u8, out var reference)
            ? reference
            : null;

    private static string? NameOf(JsonElement? parent) =>
        parent is { ValueKind: JsonValueKind.Object } element
        && element.TryGetProperty("name"u8, out var name)
        && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;
}
