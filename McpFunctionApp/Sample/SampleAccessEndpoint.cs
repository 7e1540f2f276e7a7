using System.Globalization;
using System.Text.Json.Nodes;

namespace McpFunctionApp.Sample;

/// <summary>
/// Access requests as a service desk with an API of its own has them: questions that are answered in a list, a reference
/// for each request. It is there to be spoken to by an adapter.
/// </summary>
internal sealed class SampleAccessEndpoint(SampleForms forms, SampleSubmissions submissions)
{
    private const string Catalog = "it";

    public Task<SampleAnswer> GetAsync(HttpContext context, SampleCaller caller, CancellationToken cancellationToken) =>
        Task.FromResult(IsKnown(context) ? new SampleAnswer(StatusCodes.Status200OK, forms.Access.Bytes) : Unknown());

    public async Task<SampleAnswer> PostAsync(HttpContext context, SampleCaller caller, CancellationToken cancellationToken)
    {
        if (!IsKnown(context))
        {
            return Unknown();
        }

        if (await SampleBody.ReadAsync(context.Request, cancellationToken) is not { } body || Answers(body) is not { } answers)
        {
            return Refused("The body must be {\"catalog\": ..., \"answers\": [{\"question\": ..., \"answer\": ...}]}.", []);
        }

        var missing = forms
            .Access.Required.Where(question => !answers.ContainsKey(question))
            .Select(question => (question, "An answer is needed."))
            .ToList();
        var unknown = answers
            .Select(answer => answer.Key)
            .Where(question => !forms.Access.Keys.Contains(question))
            .Select(question => (question, "There is no such question."))
            .ToList();
        if (missing.Count + unknown.Count > 0)
        {
            return Refused("The request is not complete.", [.. missing, .. unknown]);
        }

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        submissions.TryAdd(
            caller.Name,
            key.Length > 0 ? key : null,
            SampleJson.Write(json => answers.WriteTo(json)),
            out var submission
        );
        return SampleAnswer.Json(
            StatusCodes.Status201Created,
            json =>
            {
                json.WriteStartObject("reference");
                json.WriteString("number", string.Create(CultureInfo.InvariantCulture, $"ACC-{submission.Id}"));
                json.WriteEndObject();
                json.WriteString("state", "waiting for approval");
            }
        );
    }

    private static bool IsKnown(HttpContext context) => (string?)context.Request.RouteValues["catalog"] == Catalog;

    private static SampleAnswer Unknown() =>
        SampleAnswer.Error(StatusCodes.Status404NotFound, $"There is no such catalog: the sample has '{Catalog}'.");

    /// <summary>The answers by question; null where the body is none of this kind.</summary>
    private static JsonObject? Answers(ReadOnlyMemory<byte> body)
    {
        try
        {
            var answers = new JsonObject();
            foreach (var entry in JsonNode.Parse(body.Span)?["answers"]?.AsArray() ?? throw new JsonException())
            {
                answers.Add(
                    (string?)entry?["question"] ?? throw new JsonException(),
                    entry?["answer"]?.DeepClone() ?? throw new JsonException()
                );
            }

            return answers;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static SampleAnswer Refused(string reason, IReadOnlyList<(string Question, string Text)> problems) =>
        SampleAnswer.Json(
            StatusCodes.Status422UnprocessableEntity,
            json =>
            {
                json.WriteString("reason", reason);
                json.WriteStartArray("problems");
                foreach (var (question, text) in problems)
                {
                    json.WriteStartObject();
                    json.WriteString("question", question);
                    json.WriteString("text", text);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }
        );
}
