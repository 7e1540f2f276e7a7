using McpFunctionApp.Callers;
using McpFunctionApp.Callers.Exchange;

namespace McpFunctionApp.Schemas;

/// <summary>
/// Asks a form API for a caller's form with the token that it wants: the caller's own, or one exchanged for it. An
/// exchanged one that the form API refuses is dropped, and the form is asked for once more with another.
/// </summary>
public sealed class ExchangingOrigin(SchemaOrigin origin, FormTokens tokens)
{
    internal async Task<OriginAnswer> FetchAsync(FormOptions form, Caller caller, CancellationToken cancellationToken)
    {
        var first = await tokens.GetAsync(form.Exchange, caller, cancellationToken);
        var answer = await FetchAsync(form, first, cancellationToken);
        if (answer.Reason != FallbackReason.Rejected || answer.Exchange is not null || !tokens.Drop(form.Exchange, first.Caller))
        {
            return answer;
        }

        var second = await tokens.GetAsync(form.Exchange, caller, cancellationToken);
        var last = await FetchAsync(form, second, cancellationToken);
        if (last.Reason == FallbackReason.Rejected)
        {
            tokens.Drop(form.Exchange, second.Caller);
        }

        return last;
    }

    private async Task<OriginAnswer> FetchAsync(FormOptions form, FormSender sender, CancellationToken cancellationToken)
    {
        if (sender.Failure is { } failure)
        {
            return OriginAnswer.Of(failure);
        }

        var answer = await origin.FetchAsync(form, sender.Caller, cancellationToken);
        return TokenGuard.Holds(answer.Body.Span, sender.Caller.Token)
            ? OriginAnswer.Failed(FallbackReason.Malformed, "its answer repeats the token that it was given")
            : answer;
    }
}
