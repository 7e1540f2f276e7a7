namespace McpFunctionApp.Sample;

/// <summary>Stands before the form and the submissions: applies the mode, knows the caller, writes the answer.</summary>
internal sealed class SampleGate(SampleModeSwitch modes, TimeProvider time)
{
    internal delegate Task<SampleAnswer> Handler(HttpContext context, SampleCaller caller, CancellationToken cancellationToken);

    public RequestDelegate Guard(Handler handler) =>
        async context =>
        {
            var cancellationToken = context.RequestAborted;
            var mode = modes.Current;
            var answer = Refuse(mode) ?? await AnswerAsync(context, handler, cancellationToken);

            // The wait comes after the work, so that a client that gives up early has still submitted, as with a real slow
            // service.
            await Task.Delay(TimeSpan.FromSeconds(mode.Seconds), time, cancellationToken);
            await answer.WriteAsync(context.Response, cancellationToken);
        };

    private static async Task<SampleAnswer> AnswerAsync(
        HttpContext context,
        Handler handler,
        CancellationToken cancellationToken
    ) =>
        SampleCallers.Find(context.Request) is { } caller
            ? await handler(context, caller, cancellationToken)
            : SampleAnswer.Unauthorized("Send the bearer token of a sample caller, for example test-token-user-a.");

    private static SampleAnswer? Refuse(SampleMode mode) =>
        mode.Name switch
        {
            SampleMode.Down => SampleAnswer.Error(
                StatusCodes.Status503ServiceUnavailable,
                "The sample form API is switched to down."
            ),
            SampleMode.Busy => SampleAnswer.TooBusy("The sample form API is switched to busy.", retryAfterSeconds: 2),
            SampleMode.Malformed => SampleAnswer.Html(
                "<!doctype html><html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>"
            ),
            SampleMode.Rejecting => SampleAnswer.Unauthorized(
                "The sample form API is switched to rejecting: no token is accepted."
            ),
            _ => null,
        };
}
