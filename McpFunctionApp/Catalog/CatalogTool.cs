using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Catalog;

/// <summary>One tool that a caller has: what a list shows of it, and what a call does.</summary>
/// <param name="Definition">Makes the listed form of the tool.</param>
/// <param name="RunAsync">Runs it with an object of arguments; expected failures are error replies.</param>
public sealed record CatalogTool(Func<Tool> Definition, Func<JsonElement, CancellationToken, Task<ToolReply>> RunAsync);

/// <summary>The tools one caller has, in the order they are listed.</summary>
/// <param name="TimeToLive">How long this list stays right; zero without a token and in degraded mode.</param>
/// <param name="Fallbacks">Why dynamic tools are missing; empty where none is.</param>
/// <param name="Verdict">What asking for the forms says of the caller's token.</param>
public sealed record ToolListing(IReadOnlyList<Tool> Tools, TimeSpan TimeToLive, IReadOnlyList<ToolFallback> Fallbacks, TokenVerdict Verdict);

/// <summary>What looking for one tool by its name came to.</summary>
/// <param name="Tool">Null where the caller has no tool of this name.</param>
/// <param name="Verdict">What looking for it says of the caller's token.</param>
public sealed record ToolLookup(CatalogTool? Tool, TokenVerdict Verdict);

/// <summary>What the form APIs said of a caller's token.</summary>
public enum TokenVerdict
{
    /// <summary>Nothing: none was asked, or one that might accept it could not be reached.</summary>
    None,

    /// <summary>One of them gave a form for it.</summary>
    Accepted,

    /// <summary>All that were asked refused it.</summary>
    Rejected,
}
