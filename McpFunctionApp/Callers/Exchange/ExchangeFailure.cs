using System.Text.Json.Nodes;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Callers.Exchange;

/// <summary>Why there is no token of a form API's own for a caller.</summary>
public enum ExchangeTrouble
{
    /// <summary>The authority gives none for this caller's token, though it is in order here. Signing in again would give the
    /// same.</summary>
    Rejected,

    /// <summary>Somebody has to agree first: the caller, or an administrator for everybody.</summary>
    ConsentRequired,

    /// <summary>The authority asked for patience (429).</summary>
    Busy,

    /// <summary>The authority could not be asked, refused this server itself, or answered something that is not used.</summary>
    Unavailable,
}

/// <summary>Why there is no token of a form API's own for a caller, as clients and the log are told.</summary>
/// <param name="Detail">What happened, as a part of a sentence, without addresses or text from outside.</param>
public sealed record ExchangeFailure(ExchangeTrouble Trouble, string Detail)
{
    /// <summary>Where to consent; null where that is not known, or not what is missing.</summary>
    public string? ConsentUrl { get; init; }

    /// <summary>How long a busy authority asked to be left alone; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The settings that are to be looked at; null where none would help.</summary>
    public string? Settings { get; init; }

    /// <summary>What the authority said, for the log alone; empty where it said nothing, or repeated a secret.</summary>
    public string Said { get; init; } = "";

    /// <summary>The reason for clients, the same as of a form API that cannot be used.</summary>
    public string Reason =>
        Trouble switch
        {
            ExchangeTrouble.Rejected => "rejected",
            ExchangeTrouble.ConsentRequired => "consent_required",
            ExchangeTrouble.Busy => "busy",
            _ => "unavailable",
        };

    /// <summary>What people are told who miss this tool.</summary>
    public string Explain(string tool) =>
        Trouble switch
        {
            ExchangeTrouble.Rejected =>
                $"{tool} is not offered: the authority gives no token of the form API's for you ({Detail}). Signing in "
                    + $"again would not help: tell whoever runs this server.",
            ExchangeTrouble.ConsentRequired when ConsentUrl is { } url =>
                $"{tool} is not offered: consent to the form API is missing. Open {url}, agree, and try again.",
            ExchangeTrouble.ConsentRequired =>
                $"{tool} is not offered: consent to the form API is missing. Ask whoever runs this server, or your "
                    + $"administrator, where to give it.",
            ExchangeTrouble.Busy =>
                $"{tool} is not offered at the moment: the authority that gives tokens of the form API's is busy "
                    + $"({Detail}). Try again in a moment.",
            _ => $"{tool} is not offered at the moment: no token of the form API's can be had ({Detail}). Try again in a moment.",
        };

    /// <summary>What a call of the tool is answered. Nothing was submitted.</summary>
    public ToolReply Reply(string tool)
    {
        var details = new JsonObject { ["reason"] = Reason };
        if (ConsentUrl is not null)
        {
            details["consentUrl"] = ConsentUrl;
        }

        return ToolReply.Error(
            Trouble switch
            {
                ExchangeTrouble.Rejected => ErrorCodes.TokenRejected,
                ExchangeTrouble.ConsentRequired => ErrorCodes.ConsentRequired,
                _ => ErrorCodes.FormUnavailable,
            },
            Explain(tool),
            details
        );
    }
}
