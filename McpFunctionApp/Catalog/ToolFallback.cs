using System.Buffers;
using System.Text.Json.Nodes;
using McpFunctionApp.Callers;
using McpFunctionApp.Callers.Exchange;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Catalog;

/// <summary>Why a caller does not have a dynamic tool at the moment, said in the list, in the answer to a call, and in the
/// log.</summary>
/// <param name="Detail">What the form API did, or what was wrong with the token; empty where there was none.</param>
/// <param name="IsLocal">Whether the form API was not asked, since this server could not accept the token.</param>
public sealed record ToolFallback(string Tool, FallbackReason Reason, string Detail, bool IsLocal = false)
{
    /// <summary>Why the form API was not asked, where the authority gave no token for it.</summary>
    public ExchangeFailure? Exchange { get; init; }

    /// <summary>For a token that is never sent on.</summary>
    public static ToolFallback NotSentOn(string tool, Caller caller) =>
        new(
            tool,
            caller.Standing switch
            {
                TokenStanding.Unverifiable => FallbackReason.Unavailable,
                TokenStanding.OutOfScope => FallbackReason.Forbidden,
                _ => FallbackReason.Rejected,
            },
            caller.Finding,
            IsLocal: true
        );

    /// <summary>For a form that the API gave and that is no tool all the same; null where it is one.</summary>
    public static ToolFallback? OfForm(string tool, FormSchema schema) =>
        schema.Obstacle is { } obstacle ? new ToolFallback(tool, FallbackReason.CannotBeFilled, obstacle)
        : schema.Properties.IsEmpty ? new ToolFallback(tool, FallbackReason.Empty, "")
        : null;

    /// <summary>Whether the form API gave the caller a form, which says that it accepts the token.</summary>
    public bool IsOfForm => Reason is FallbackReason.Empty or FallbackReason.CannotBeFilled;

    /// <summary>The reason as clients see it, such as <c>no_token</c>: <see cref="FallbackReasons.Word"/>.</summary>
    public string ReasonName => Reason.Word();

    public string Message =>
        Exchange?.Explain(Tool)
        ?? Reason switch
        {
            FallbackReason.NoToken =>
                $"{Tool} needs the header 'Authorization: Bearer <token>' with a token that the form API accepts.",
            FallbackReason.Rejected when IsLocal =>
                $"{Tool} is not offered: your token was refused, because {Detail}. Get a new token and try again.",
            FallbackReason.Forbidden when IsLocal =>
                $"{Tool} is not offered: your token is in order, but {Detail}. Get a token with it and try again.",
            FallbackReason.Unavailable when IsLocal =>
                $"{Tool} is not offered at the moment: your token could not be checked, because {Detail}. Try again in a moment.",
            FallbackReason.Rejected => $"{Tool} is not offered: the form API refused your token. Get a new token and try again.",
            FallbackReason.Forbidden =>
                $"{Tool} is not offered: your account may not use this form ({Detail}). Ask whoever runs the form API for "
                    + $"the right to it; a new token will not help.",
            FallbackReason.Busy =>
                $"{Tool} is not offered at the moment: the form API is busy ({Detail}). Try again in a moment.",
            FallbackReason.Unavailable =>
                $"{Tool} is not offered at the moment: the form API is unavailable ({Detail}). Try again in a moment.",
            FallbackReason.Empty => $"{Tool} is not offered: the form has no field that you may fill in.",
            FallbackReason.CannotBeFilled =>
                $"{Tool} is not offered: the form requires what cannot be filled in here ({Detail}). Use the form itself.",
            _ => $"{Tool} is not offered at the moment: the form API's answer could not be used ({Detail}). Tell whoever "
                + $"runs the form API.",
        };

    /// <summary>What a call of the missing tool is answered.</summary>
    public ToolReply Reply() =>
        Exchange?.Reply(Tool)
        ?? ToolReply.Error(
            Reason switch
            {
                FallbackReason.NoToken => ErrorCodes.AuthenticationRequired,
                FallbackReason.Rejected => ErrorCodes.TokenRejected,
                _ => ErrorCodes.FormUnavailable,
            },
            Message,
            new JsonObject { ["reason"] = ReasonName }
        );

    /// <summary>What a list result's <c>_meta</c> says, as UTF-8 JSON; the first tool's reason stands for all where they
    /// agree.</summary>
    public static byte[] Meta(IReadOnlyList<ToolFallback> fallbacks)
    {
        var meta = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(meta, CompactJson.Options);
        writer.WriteStartObject();
        writer.WriteString("reason"u8, fallbacks[0].ReasonName);
        writer.WriteString("message"u8, fallbacks[0].Message);
        if (fallbacks.Select(fallback => fallback.Exchange?.ConsentUrl).FirstOrDefault(url => url is not null) is { } consentUrl)
        {
            writer.WriteString("consentUrl"u8, consentUrl);
        }

        writer.WriteStartArray("tools"u8);
        foreach (var fallback in fallbacks)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, fallback.Tool);
            writer.WriteString("reason"u8, fallback.ReasonName);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return meta.WrittenSpan.ToArray();
    }
}
