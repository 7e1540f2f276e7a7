namespace McpFunctionApp.Sample;

/// <summary>Takes submissions and shows each caller its own.</summary>
internal sealed partial class SampleRequestsEndpoint(
    SampleForms forms,
    SampleSubmissions submissions,
    ILogger<SampleRequestsEndpoint> logger
)
{
    private const int MaxKeyLength = 255;

    public Task<SampleAnswer> PostAsync(HttpContext context, SampleCaller caller, CancellationToken cancellationToken) =>
        TakeAsync(context, caller, forms.Of(caller), cancellationToken);

    public Task<SampleAnswer> PostChangeAsync(HttpContext context, SampleCaller caller, CancellationToken cancellationToken) =>
        TakeAsync(context, caller, forms.Change(caller), cancellationToken);

    public Task<SampleAnswer> GetAsync(HttpContext context, SampleCaller caller, CancellationToken cancellationToken) =>
        Task.FromResult(List(submissions.Of(caller.Name)));

    private async Task<SampleAnswer> TakeAsync(
        HttpContext context,
        SampleCaller caller,
        SampleForm form,
        CancellationToken cancellationToken
    )
    {
        var header = context.Request.Headers["Idempotency-Key"].ToString();
        var key = header.Length > 0 ? header : null;
        if (header.Length > MaxKeyLength)
        {
            return SampleAnswer.Error(
                StatusCodes.Status400BadRequest,
                $"Idempotency-Key must not be longer than {MaxKeyLength} characters."
            );
        }

        if (await SampleBody.ReadAsync(context.Request, cancellationToken) is not { } body)
        {
            return SampleAnswer.Error(
                StatusCodes.Status413PayloadTooLarge,
                $"The body must not be larger than {SampleBody.MaxBytes} bytes."
            );
        }

        return submissions.Find(caller.Name, key) is { } earlier ? Created(earlier) : Accept(caller, form, key, body);
    }

    private SampleAnswer Accept(SampleCaller caller, SampleForm form, string? key, ReadOnlyMemory<byte> body)
    {
        var (fields, problem) = SubmissionRules.Check(body, form);
        if (problem is not null)
        {
            return SampleAnswer.Error(StatusCodes.Status400BadRequest, problem);
        }

        if (submissions.TryAdd(caller.Name, key, fields, out var submission))
        {
            LogAccepted(submission.Id, caller.Name);
        }

        return Created(submission);
    }

    private static SampleAnswer Created(SampleSubmission submission) =>
        SampleAnswer.Json(
            StatusCodes.Status201Created,
            json =>
            {
                json.WriteNumber("id", submission.Id);
                json.WriteString("status", SampleSubmission.Status);
            }
        );

    private static SampleAnswer List(IReadOnlyList<SampleSubmission> own) =>
        SampleAnswer.Json(
            StatusCodes.Status200OK,
            json =>
            {
                json.WriteStartArray("requests");
                foreach (var submission in own)
                {
                    json.WriteStartObject();
                    json.WriteNumber("id", submission.Id);
                    json.WriteString("status", SampleSubmission.Status);
                    json.WriteString("receivedAt", submission.ReceivedAt.UtcDateTime);
                    json.WritePropertyName("fields");
                    json.WriteRawValue(submission.Fields.Span, skipInputValidation: true);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }
        );

    [LoggerMessage(EventId = 9902, Level = LogLevel.Information, Message = "Sample form API: accepted request {Id} of {Caller}.")]
    private partial void LogAccepted(long id, string caller);
}
