namespace McpFunctionApp.Callers;

/// <summary>What is known of a caller's token before any form API has been asked.</summary>
public enum TokenStanding
{
    /// <summary>Nothing: only the form API can judge it, since <c>Callers:Authority</c> is not set.</summary>
    Unchecked,

    /// <summary>The authority signed it for this server, and it is in force.</summary>
    Verified,

    /// <summary>The authority signed it for this server, and it lacks a scope of <c>Callers:RequiredScopes</c>. It is never sent
    /// on.</summary>
    OutOfScope,

    /// <summary>It is not one of the authority's for this server, or no longer or not yet in force. It is never sent
    /// on.</summary>
    Refused,

    /// <summary>The authority's keys cannot be had at the moment, so that nobody can tell. It is never sent on.</summary>
    Unverifiable,
}
