using McpFunctionApp.Asking;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Catalog;

/// <summary>One built-in tool: what a list shows of it, and what a call does.</summary>
/// <param name="RunAsync">Runs it with an object of arguments; expected failures are error replies.</param>
public sealed record CatalogTool(ListedTool Listed, Func<JsonElement, CancellationToken, Task<ToolReply>> RunAsync);

/// <summary>The tools one caller has, in the order they are listed.</summary>
/// <param name="TimeToLive">How long this list stays right; zero without a token and in degraded mode.</param>
/// <param name="Fallbacks">Why dynamic tools are missing; empty where none is.</param>
/// <param name="Verdict">What asking for the forms says of the caller's token.</param>
public sealed record ToolListing(
    IReadOnlyList<ListedTool> Tools,
    TimeSpan TimeToLive,
    IReadOnlyList<ToolFallback> Fallbacks,
    TokenVerdict Verdict
)
{
    private byte[]? _fallbackMeta;

    /// <summary>What the list's <c>_meta</c> says of missing tools, as UTF-8 JSON; empty where none is missing.</summary>
    public byte[] FallbackMeta => _fallbackMeta ??= Fallbacks.Count == 0 ? [] : ToolFallback.Meta(Fallbacks);
}

/// <summary>What looking for one tool by its name came to.</summary>
/// <param name="RunAsync">Runs the tool, or says why it is not offered now; null where the caller has no tool of this
/// name.</param>
/// <param name="Verdict">What looking for it says of the caller's token.</param>
public sealed record ToolLookup(Func<ToolCall, CancellationToken, Task<ToolReply>>? RunAsync, TokenVerdict Verdict)
{
    public static ToolLookup Unknown { get; } = new(null, TokenVerdict.None);

    public static ToolLookup Of(CatalogTool tool, TokenVerdict verdict) =>
        new((call, cancellationToken) => tool.RunAsync(call.Arguments, cancellationToken), verdict);

    /// <summary>One that answers why it is not offered now.</summary>
    public static ToolLookup Missing(ToolFallback fallback, TokenVerdict verdict) =>
        new((_, _) => Task.FromResult(fallback.Reply()), verdict);

    /// <summary>Whether each call is worth a line of the audit log: a tool that acts or reads on somebody's behalf.</summary>
    public bool IsAudited { get; init; }

    /// <summary>The form that arguments are checked against; null for a tool that is none, or is not offered now.</summary>
    public FormSchema? Form { get; init; }
}

/// <summary>What the form APIs said of a caller's token.</summary>
public enum TokenVerdict
{
    /// <summary>Nothing: none was asked, or one that might accept it could not be reached, or answered 403, as gateways do to any
    /// token.</summary>
    None,

    /// <summary>One of them gave a form for it.</summary>
    Accepted,

    /// <summary>All that were asked refused it (401).</summary>
    Rejected,
}
