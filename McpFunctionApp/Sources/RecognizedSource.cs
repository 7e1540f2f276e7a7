using McpFunctionApp.Forms;
using McpFunctionApp.Submissions;

namespace McpFunctionApp.Sources;

/// <summary>A system that nothing is known of but what it answers: a field list or a JSON Schema, and receipts and refusals in
/// the usual shapes.</summary>
public sealed class RecognizedSource : IFormSource
{
    private const int MaxMegabytes = 5;

    public string Identity => "";

    public int MaxBytes => MaxMegabytes * 1_048_576;

    public string MaxBytesName => $"{MaxMegabytes} MiB";

    // Measured with forms of 5 MiB.
    public int MemoryPerByte => 8;

    public ValueTask<SourceForm> ReadFormAsync(
        IReadOnlyList<SourceAnswer> answers,
        FormNotes notes,
        CancellationToken cancellationToken
    ) => ValueTask.FromResult(new SourceForm(FormReader.Read(answers[0].Body, notes, out var problem), problem));

    public ValueTask<SubmissionContent> WriteBodyAsync(FilledForm form, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SubmissionContent(SubmissionBody.Write(form), null));

    public ValueTask<SubmissionAnswer> ReadAnswerAsync(
        SubmissionResponse response,
        FormSchema schema,
        string token,
        CancellationToken cancellationToken
    ) => ValueTask.FromResult(SubmissionReader.Read(response, schema.Properties, token));
}
