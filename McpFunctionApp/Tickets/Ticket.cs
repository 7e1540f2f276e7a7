using System.Text.Json.Serialization;

namespace McpFunctionApp.Tickets;

/// <summary>What the key of a draft holds, sealed.</summary>
/// <param name="Caller">Whom it is for: <see cref="CallerIdentity"/>.</param>
/// <param name="Id">By which its use is claimed, and a form API knows a repeated submission.</param>
/// <param name="End">Until when it can be used.</param>
internal sealed record DraftTicket(string Caller, string Tool, string Id, DateTimeOffset End);

/// <summary>What the state of a call holds, sealed, while the person behind the client is asked.</summary>
/// <param name="Caller">Whom it is for: <see cref="CallerIdentity"/>.</param>
/// <param name="Form">The form's digest.</param>
/// <param name="Arguments">The digest of the arguments as they were read: <see cref="ArgumentDigest"/>.</param>
/// <param name="Values">An object of what has been answered so far, by parameter; null for one that is left out.</param>
/// <param name="Round">How many questions have been asked.</param>
/// <param name="ShowsAll">Whether the last question shows the whole request, so that accepting it confirms the request.</param>
/// <param name="IsConfirmed">Whether the whole request has been confirmed.</param>
/// <param name="Id">By which its use is claimed, and a form API knows a repeated submission: the same for all rounds.</param>
/// <param name="End">Until when it can be used.</param>
internal sealed record CallTicket(
    string Caller,
    string Tool,
    string Form,
    string Arguments,
    JsonElement Values,
    int Round,
    bool ShowsAll,
    bool IsConfirmed,
    string Id,
    DateTimeOffset End
);

/// <summary>How what is sealed is written: like all JSON here without reflection.</summary>
[JsonSerializable(typeof(DraftTicket))]
[JsonSerializable(typeof(CallTicket))]
internal sealed partial class TicketJson : JsonSerializerContext;
