using McpFunctionApp.Callers;

namespace McpFunctionApp.Catalog;

/// <summary>Who may search: results show people's names and addresses. Pure.</summary>
internal static class SearchAccess
{
    /// <summary>Whether somebody who can judge this caller's token has accepted it.</summary>
    /// <param name="fallbacks">One for each form; null where there is a tool.</param>
    public static bool IsAccepted(Caller? caller, IEnumerable<ToolFallback?> fallbacks) =>
        caller is not null && (caller.IsVerified || fallbacks.Any(fallback => fallback is null or { IsOfForm: true }));
}
