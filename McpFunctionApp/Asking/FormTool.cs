using McpFunctionApp.Arguments;
using McpFunctionApp.Execution;
using McpFunctionApp.Replies;
using McpFunctionApp.Tickets;

namespace McpFunctionApp.Asking;

/// <summary>Runs the tool that a caller's form has become: begins a call, goes on with one that was asked about, or sends a
/// draft.</summary>
public sealed class FormTool(
    ArgumentReader reader,
    Rounds rounds,
    Continuation continuation,
    DraftKeys draftKeys,
    SubmitOnce submitOnce
)
{
    public Task<ToolReply> RunAsync(CalledForm called, CancellationToken cancellationToken) =>
        called.Call switch
        {
            { DraftKey: { } key } => SendDraftAsync(called, key, cancellationToken),
            { State: { } state } => continuation.RunAsync(called, state, cancellationToken),
            _ => BeginAsync(called, cancellationToken),
        };

    private Task<ToolReply> BeginAsync(CalledForm called, CancellationToken cancellationToken)
    {
        var arguments = called.Call.Arguments;
        var reading = reader.Read(called.Schema, arguments, ArgumentReader.FormMayHaveChanged);
        var digest = called.MayAsk ? ArgumentDigest.Of(called.Schema, reading, arguments) : "";
        return rounds.GoOnAsync(called, CallProgress.Begin(digest), reading, arguments, cancellationToken);
    }

    /// <summary>Problems are for the form that the person has before them, which shows them: nothing is asked beside
    /// it.</summary>
    private async Task<ToolReply> SendDraftAsync(CalledForm called, JsonElement key, CancellationToken cancellationToken)
    {
        var (ticket, refusal) = await draftKeys.OpenAsync(key, called.Options, called.Caller, cancellationToken);
        if (ticket is null)
        {
            return refusal!;
        }

        var (filled, problems) = reader.Read(called.Schema, called.Call.Arguments, ArgumentReader.FormMayHaveChanged);
        var call = new FormCall(called.Options, called.Caller, filled) { IdempotencyKey = ticket.Id };
        return problems.Count > 0 ? problems.ToReply() : await submitOnce.RunAsync(call, ticket.End, cancellationToken);
    }
}
