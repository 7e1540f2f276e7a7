using McpFunctionApp.Admission;
using McpFunctionApp.Callers;
using McpFunctionApp.Messages;
using McpFunctionApp.Page;
using McpFunctionApp.Replies;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Endpoint;

/// <summary>
/// One HTTP request in, one JSON-RPC message to a stateless MCP server, one answer out. Shared by every host: all it
/// needs is an <see cref="HttpContext"/>. What the headers alone decide is refused before anything of the body is read.
/// </summary>
public sealed class McpEndpoint(
    CallerAdmission admission,
    MessageReader reader,
    MessageAnswers answers,
    AppMetrics metrics,
    TimeProvider time,
    EndpointLog log,
    EndpointOptions options
)
{
    public Task HandleAsync(HttpContext context)
    {
        // Somebody has pasted the endpoint's address into a browser.
        if (options.Page && PageEndpoint.IsAskedFor(context.Request))
        {
            PageEndpoint.Redirect(context);
            return Task.CompletedTask;
        }

        return HttpMethods.IsPost(context.Request.Method) && AcceptedAnswer.Of(context.Request).EventsAlone
            ? EventBody.RunAsync(context, AnswerAsync)
            : AnswerAsync(context);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var operation = McpOperation.Begin(metrics, time);
        using var claim = reader.Begin();
        try
        {
            var (caller, rejection) = CheckHeaders(context);
            rejection ??= await ReadAndAnswerAsync(context, caller, claim, operation);
            if (rejection is not null)
            {
                await RefuseAsync(context, rejection, operation);
                claim.Dispose();
                await UnreadBody.DiscardAsync(context, time);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            operation?.Abort();
            End(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            // The server's own refusal of a body: too slow, broken off, badly chunked. Its message may quote a trailer.
            await RefuseAsync(
                context,
                new Rejection(e.StatusCode, Rejection.InvalidRequest, "The body could not be read to its end."),
                operation
            );
        }
        catch (IOException) when (!context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            operation?.Abort();
            End(context);
        }
    }

    private (Caller? Caller, Rejection? Rejection) CheckHeaders(HttpContext context) =>
        reader.CheckHeaders(context.Request) is { } rejection ? (null, rejection) : admission.Arrive(context);

    private async Task<Rejection?> ReadAndAnswerAsync(
        HttpContext context,
        Caller? arrived,
        BytesInFlight.Claim claim,
        McpOperation? operation
    )
    {
        var (body, notRead) = await reader.ReadBodyAsync(context.Request, claim);
        if (notRead is not null)
        {
            return notRead;
        }

        admission.Spend(context, arrived, body.Length);
        var (caller, challenge) = await admission.VerifyAsync(arrived, context.RequestAborted);
        if (challenge is not null)
        {
            return admission.Refuse(context, challenge, MessageScan.IdOf(body.Span));
        }

        return await reader.RunAsync(
            body,
            claim,
            message =>
            {
                operation?.Read(message.Method, message.Params);
                return answers.AnswerAsync(context, message, caller, claim, operation);
            },
            context.RequestAborted
        );
    }

    private async Task RefuseAsync(HttpContext context, Rejection rejection, McpOperation? operation)
    {
        operation?.Refuse(rejection.Status, rejection.Code);
        log.Refused(rejection);
        await rejection.WriteAsync(context);
    }

    /// <summary>Nobody is there any more: without this, Kestrel may still look for the rest of the body that has just failed to
    /// come.</summary>
    private void End(HttpContext context)
    {
        log.Aborted();
        context.Abort();
    }
}
