using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using McpFunctionApp.Callers;
using McpFunctionApp.Replies;
using McpFunctionApp.Schemas;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Execution;

/// <summary>
/// Posts a validated call to the form's <c>SubmitUrl</c> as the caller. Sent once: never retried, and not cancelled by
/// a client that hangs up, since the request may exist by then.
/// </summary>
public sealed partial class FormSubmission(
    IHttpClientFactory http, FormSchemas schemas, SubmissionsUnderWay underWay, AppMetrics metrics, TimeProvider time, ILogger<FormSubmission> logger)
    : IFormCallHandler
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
        using var limit = new CancellationTokenSource(call.Form.Timeout, time);
        try
        {
            return await SendAsync(call, limit.Token);
        }
        catch (HttpRequestException e) when (FormApiHttp.WasNeverSent(e))
        {
            return Failed(call, $"The form API could not be reached ({FormApiHttp.Describe(e)}). Nothing was sent; try again later.");
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
        var key = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        using var submission = underWay.Begin(call.Form.Tool, call.Caller, key);
        using var request = FormApiHttp.Request(HttpMethod.Post, call.Form.SubmitUrl!, call.Caller);
        request.Headers.Add("Idempotency-Key", key);
        request.Content = new ReadOnlyMemoryContent(SubmissionBody.Write(call.Schema, call.Arguments));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var client = http.CreateClient(FormApiHttp.Name);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            await schemas.DropAsync(call.Caller, CancellationToken.None);
        }

        var body = await FormApiHttp.ReadBodyAsync(response.Content, MaxAnswerBytes, cancellationToken);
        var answer = SubmissionAnswer.Read(body, call.Caller.Token);
        if (!response.IsSuccessStatusCode)
        {
            return Refused(call, (int)response.StatusCode, answer.Message);
        }

        return answer.IdJson is null
            ? Failed(call, $"The form API answered {(int)response.StatusCode} without an id that can be read. {CheckFirst}", (int)response.StatusCode)
            : ToolReply.Success(Receipt.Write(answer.IdJson, time.GetUtcNow(), answer.Status ?? "submitted", call.Arguments, null));
    }

    private ToolReply Refused(FormCall call, int status, string? message)
    {
        var reason = status switch
        {
            401 => "did not accept your token for this request",
            403 => "does not permit you to create this request",
            429 => "is busy; try again later",
            >= 500 => "failed; try again later",
            _ => "refused the request",
        };
        return Failed(call, $"The form API {reason} ({status}{(message is null ? "" : $": {message}")}).", status);
    }

    private ToolReply Failed(FormCall call, string text, int? status = null)
    {
        LogFailed(call.Form.Tool, call.Caller, status);
        return ToolReply.Error(ErrorCodes.SubmissionFailed, text, status is null ? null : new JsonObject { ["httpStatus"] = status });
    }

    private ToolReply Unknown(FormCall call, string what)
    {
        LogUnknown(call.Form.Tool, call.Caller, what);
        return ToolReply.Error(ErrorCodes.SubmissionOutcomeUnknown, $"It is not known whether the request was created: {what}. {CheckFirst}");
    }

    [LoggerMessage(2000, LogLevel.Warning, "Submission of {Tool} by caller {Caller} failed, HTTP status {Status}")]
    private partial void LogFailed(string tool, Caller caller, int? status);

    [LoggerMessage(2001, LogLevel.Error, "Submission of {Tool} by caller {Caller} has an unknown outcome: {What}")]
    private partial void LogUnknown(string tool, Caller caller, string what);
}
