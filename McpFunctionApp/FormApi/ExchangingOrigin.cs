using McpFunctionApp.Callers;
using McpFunctionApp.Callers.Exchange;
using McpFunctionApp.Replies;

namespace McpFunctionApp.FormApi;

/// <summary>
/// Asks a form API for a caller's form with the token that it wants: the caller's own, or one exchanged for it. An
/// exchanged one that the form API refuses is dropped, and the form is asked for once more with another.
/// </summary>
public sealed class ExchangingOrigin(SchemaOrigin origin, FormTokens tokens)
{
    /// <returns>Counts what an answer takes of the process's memory, until it is disposed.</returns>
    internal BytesInFlight.Claim Begin() => origin.Begin();

    internal Task<OriginAnswer> FetchAsync(
        FormOptions form,
        Caller caller,
        BytesInFlight.Claim claim,
        CancellationToken cancellationToken
    ) =>
        form.Exchange is null
            ? AskAsync(form, caller, claim, cancellationToken)
            : ExchangeAsync(form, caller, claim, cancellationToken);

    private async Task<OriginAnswer> ExchangeAsync(
        FormOptions form,
        Caller caller,
        BytesInFlight.Claim claim,
        CancellationToken cancellationToken
    )
    {
        var first = await tokens.GetAsync(form.Exchange, caller, cancellationToken);
        var answer = await AskAsync(form, first, claim, cancellationToken);
        if (answer.Reason != FallbackReason.Rejected || answer.Exchange is not null || !tokens.Drop(form.Exchange, first.Caller))
        {
            return answer;
        }

        var second = await tokens.GetAsync(form.Exchange, caller, cancellationToken);
        var last = await AskAsync(form, second, claim, cancellationToken);
        if (last.Reason == FallbackReason.Rejected)
        {
            tokens.Drop(form.Exchange, second.Caller);
        }

        return last;
    }

    private Task<OriginAnswer> AskAsync(
        FormOptions form,
        FormSender sender,
        BytesInFlight.Claim claim,
        CancellationToken cancellationToken
    ) =>
        sender.Failure is { } failure
            ? Task.FromResult(OriginAnswer.Of(failure))
            : AskAsync(form, sender.Caller, claim, cancellationToken);

    private async Task<OriginAnswer> AskAsync(
        FormOptions form,
        Caller caller,
        BytesInFlight.Claim claim,
        CancellationToken cancellationToken
    )
    {
        var answer = await origin.FetchAsync(form, caller, claim, cancellationToken);
        return answer.Bodies.Any(body => TokenGuard.Holds(body.Body.Span, caller.Token))
            ? OriginAnswer.Failed(FallbackReason.Malformed, "its answer repeats the token that it was given")
            : answer;
    }
}
