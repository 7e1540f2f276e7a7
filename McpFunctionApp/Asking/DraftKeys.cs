using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Replies;
using McpFunctionApp.Tickets;

namespace McpFunctionApp.Asking;

/// <summary>The key that a draft is given, and that its sending uses up.</summary>
public sealed class DraftKeys(Sealer sealer, TimeProvider time)
{
    private const string Purpose = "draft";

    // A person may go away from a form and come back to it.
    private static readonly TimeSpan s_life = TimeSpan.FromHours(24);

    /// <returns>Null where none can be made at the moment.</returns>
    internal Task<string?> MakeAsync(FormOptions form, Caller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ticket = new DraftTicket(CallerIdentity.Of(caller), form.Tool, Guid.CreateVersion7(now).ToString(), now + s_life);
        return sealer.SealAsync(Purpose, ticket, TicketJson.Default.DraftTicket, cancellationToken);
    }

    internal async Task<(DraftTicket? Ticket, ToolReply? Refusal)> OpenAsync(
        JsonElement key,
        FormOptions form,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var opened =
            key.ValueKind == JsonValueKind.String
                ? await sealer.OpenAsync(Purpose, key.GetString()!, TicketJson.Default.DraftTicket, cancellationToken)
                : default;
        if (opened.IsUnavailable)
        {
            return (null, AskingErrors.Unavailable("the draft's key cannot be checked"));
        }

        return
            opened.Value is { } ticket
            && ticket.Tool == form.Tool
            && ticket.Caller == CallerIdentity.Of(caller)
            && ticket.End > time.GetUtcNow()
            ? (ticket, null)
            : (null, AskingErrors.Invalid("The draft's key is not valid here"));
    }
}
