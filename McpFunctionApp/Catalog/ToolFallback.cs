using System.Text.Json.Nodes;
using McpFunctionApp.Callers;
using McpFunctionApp.Replies;
using McpFunctionApp.Schemas;

namespace McpFunctionApp.Catalog;

/// <summary>Why a caller does not have a dynamic tool at the moment, said in the list, in the answer to a call, and in the log.</summary>
/// <param name="Detail">What the form API did, or what was wrong with the token; empty where there was none.</param>
/// <param name="IsLocal">Whether the form API was not asked, since this server could not accept the token.</param>
public sealed record ToolFallback(string Tool, FallbackReason Reason, string Detail, bool IsLocal = false)
{
    /// <summary>For a token that is never sent on.</summary>
    public static ToolFallback NotSentOn(string tool, Caller caller) => new(
        tool, caller.Standing == TokenStanding.Unverifiable ? FallbackReason.Unavailable : FallbackReason.Rejected, caller.Finding, IsLocal: true);

    /// <summary>The reason as clients see it: <c>no_token</c>, <c>rejected</c>, <c>busy</c>, <c>unavailable</c> or <c>malformed</c>.</summary>
    public string ReasonName => JsonNamingPolicy.SnakeCaseLower.ConvertName(Reason.ToString());

    public string Message => Reason switch
    {
        FallbackReason.NoToken => $"{Tool} needs the header 'Authorization: Bearer <token>' with a token that the form API accepts.",
        FallbackReason.Rejected when IsLocal => $"{Tool} is not offered: your token was refused, because {Detail}. Get a new token and try again.",
        FallbackReason.Unavailable when IsLocal => $"{Tool} is not offered at the moment: your token could not be checked, because {Detail}. Try again in a moment.",
        FallbackReason.Rejected => $"{Tool} is not offered: the form API refused your token. Get a new token and try again.",
        FallbackReason.Busy => $"{Tool} is not offered at the moment: the form API is busy ({Detail}). Try again in a moment.",
        FallbackReason.Unavailable => $"{Tool} is not offered at the moment: the form API is unavailable ({Detail}). Try again in a moment.",
        _ => $"{Tool} is not offered at the moment: the form API's answer could not be used ({Detail}). Tell whoever runs the form API.",
    };

    /// <summary>What a call of the missing tool is answered.</summary>
    public ToolReply Reply() => ToolReply.Error(
        Reason switch
        {
            FallbackReason.NoToken => ErrorCodes.AuthenticationRequired,
            FallbackReason.Rejected => ErrorCodes.TokenRejected,
            _ => ErrorCodes.FormUnavailable,
        },
        Message,
        new JsonObject { ["reason"] = ReasonName });

    /// <summary>What a list result's <c>_meta</c> says; the first tool's reason stands for all where they agree.</summary>
    public static JsonObject Meta(IReadOnlyList<ToolFallback> fallbacks) => new()
    {
        ["reason"] = fallbacks[0].ReasonName,
        ["message"] = fallbacks[0].Message,
        ["tools"] = new JsonArray([.. fallbacks.Select(f => new JsonObject { ["name"] = f.Tool, ["reason"] = f.ReasonName })]),
    };
}
