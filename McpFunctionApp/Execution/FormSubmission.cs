using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using McpFunctionApp.Callers;
using McpFunctionApp.Callers.Exchange;
using McpFunctionApp.FormApi;
using McpFunctionApp.Replies;
using McpFunctionApp.Schemas;
using McpFunctionApp.Submissions;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Execution;

/// <summary>
/// Posts a validated call to the form's <c>SubmitUrl</c> as the caller. Sent once: never retried, and not cancelled by
/// a client that hangs up, since the request may exist by then.
/// </summary>
public sealed partial class FormSubmission(
    IHttpClientFactory http,
    FormSchemas schemas,
    FormTokens tokens,
    SubmissionsUnderWay underWay,
    AppMetrics metrics,
    TimeProvider time,
    ILogger<FormSubmission> logger
) : IFormCallHandler
{
    private const int MaxAnswerBytes = 1_048_576;
    private const string CheckFirst = "The request may have been created: check before repeating.";

    public async Task<ToolReply> HandleAsync(FormCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var span = AppSpans.Source.StartActivity("form_api submit")?.SetTag(Attributes.Tool, call.Form.Tool);
        var started = time.GetTimestamp();
        var reply = await SubmitAsync(call);
        span.End(reply.ErrorCode);
        metrics.FormApiAsked(call.Form.Tool, "submit", reply.Outcome, time.GetElapsedTime(started));
        return reply;
    }

    private async Task<ToolReply> SubmitAsync(FormCall call)
    {
        var sender = await tokens.GetAsync(call.Form.Exchange, call.Caller, CancellationToken.None);
        return sender.Failure is { } failure
            ? failure.Reply(call.Form.Tool)
            : await SubmitAsSenderAsync(call with { Caller = sender.Caller });
    }

    private async Task<ToolReply> SubmitAsSenderAsync(FormCall call)
    {
        using var limit = new CancellationTokenSource(call.Form.Timeout, time);
        try
        {
            return await SendAsync(call, limit.Token);
        }
        catch (HttpRequestException e) when (FormApiHttp.WasNeverSent(e))
        {
            return Failed(
                call,
                $"The form API could not be reached ({FormApiHttp.Describe(e)}). Nothing was sent; try again later."
            );
        }
        catch (OperationCanceledException)
        {
            return Unknown(call, $"the form API did not answer within {call.Form.Timeout.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return Unknown(call, FormApiHttp.Describe(e));
        }
    }

    private async Task<ToolReply> SendAsync(FormCall call, CancellationToken cancellationToken)
    {
        var content = await call.Form.Source.WriteBodyAsync(call.Filled, cancellationToken);
        if (content.Problem is { } problem)
        {
            LogNotWritten(call.Form.Tool, call.Caller, problem);
            return Failed(call, "The request could not be written as the form API wants it. Nothing was sent.");
        }

        var key = call.IdempotencyKey ?? Guid.CreateVersion7(time.GetUtcNow()).ToString();
        using var submission = underWay.Begin(call.Form.Tool, call.Caller, key);
        using var request = FormApiHttp.Request(HttpMethod.Post, call.Form.SubmitUrl!, call.Form, call.Caller);
        request.Headers.Add("Idempotency-Key", key);
        request.Content = new ReadOnlyMemoryContent(content.Json);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var client = http.CreateClient(FormApiHttp.Name);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await DropIfRefusedAsync(call, response.StatusCode);
        var answer = await call.Form.Source.ReadAnswerAsync(
            await ReadAsync(response, cancellationToken),
            call.Filled.Schema,
            call.Caller.Token,
            cancellationToken
        );
        if (answer.Remark is { } remark)
        {
            LogRemark(call.Form.Tool, call.Caller, remark);
        }

        return answer switch
        {
            { Receipt: { } receipt } => ToolReply.Success(Receipt.Write(receipt, time.GetUtcNow(), call.Arguments)),
            { Refusal: { } refusal } => Refused(call, (int)response.StatusCode, refusal),
            _ => Unknown(call, $"the form API answered {(int)response.StatusCode} with a web page, as for signing in"),
        };
    }

    /// <summary>A refused token loses all of its forms, an account without the right to this one loses this one.</summary>
    private Task DropIfRefusedAsync(FormCall call, HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized => DropAsync(call),
            HttpStatusCode.Forbidden => schemas.DropAsync([call.Form], call.Caller, CancellationToken.None),
            _ => Task.CompletedTask,
        };

    private Task<bool> DropAsync(FormCall call)
    {
        tokens.Drop(call.Form.Exchange, call.Caller);
        return schemas.DropAsync(call.Caller, CancellationToken.None);
    }

    private static async Task<SubmissionResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(),
            Header(response, "Location"),
            Header(response, "OData-EntityId"),
            await BoundedBody.ReadAsync(response.Content, MaxAnswerBytes, cancellationToken)
        );

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private ToolReply Refused(FormCall call, int status, SubmissionRefusal refusal)
    {
        var reason = status switch
        {
            401 => "did not accept your token for this request",
            403 => "does not permit you to create this request",
            429 => "is busy; try again later",
            >= 500 => "failed; try again later",
            _ => "refused the request",
        };
        var text = $"The form API {reason} ({status}{(refusal.Message is null ? "" : $": {refusal.Message}")}).";
        var more = refusal.More > 0 ? [$"... and {refusal.More} more."] : Array.Empty<string>();
        var details = new JsonObject { ["httpStatus"] = status };
        if (refusal.Problems.Length > 0)
        {
            details["problems"] = new JsonArray([.. refusal.Problems.Select(ToJson)]);
        }

        return Failed(
            call,
            string.Join('\n', [text, .. refusal.Problems.Select(problem => problem.ToString()), .. more]),
            details
        );
    }

    private static JsonNode ToJson(FieldProblem problem) =>
        new JsonObject { [problem.IsParameter ? "parameter" : "field"] = problem.Name, ["message"] = problem.Message };

    private ToolReply Failed(FormCall call, string text, JsonObject? details = null)
    {
        LogFailed(call.Form.Tool, call.Caller, (int?)details?["httpStatus"]);
        return ToolReply.Error(ErrorCodes.SubmissionFailed, text, details);
    }

    private ToolReply Unknown(FormCall call, string what)
    {
        LogUnknown(call.Form.Tool, call.Caller, what);
        return ToolReply.Error(
            ErrorCodes.SubmissionOutcomeUnknown,
            $"It is not known whether the request was created: {what}. {CheckFirst}"
        );
    }

    [LoggerMessage(2000, LogLevel.Warning, "Submission of {Tool} by caller {Caller} failed, HTTP status {Status}")]
    private partial void LogFailed(string tool, Caller caller, int? status);

    [LoggerMessage(2005, LogLevel.Error, "Submission of {Tool} by caller {Caller} could not be written: {Problem}")]
    private partial void LogNotWritten(string tool, Caller caller, string problem);

    [LoggerMessage(2006, LogLevel.Warning, "The answer to the submission of {Tool} by caller {Caller}: {Remark}")]
    private partial void LogRemark(string tool, Caller caller, string remark);

    [LoggerMessage(2001, LogLevel.Error, "Submission of {Tool} by caller {Caller} has an unknown outcome: {What}")]
    private partial void LogUnknown(string tool, Caller caller, string what);
}
