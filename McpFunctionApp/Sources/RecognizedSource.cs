using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>A system that nothing is known of but what it answers: a field list or a JSON Schema, and receipts and refusals in the usual shapes.</summary>
public sealed class RecognizedSource : IFormSource
{
    public FormAnswer? ReadForm(ReadOnlyMemory<byte> answer, FormNotes notes, out string problem) => FormReader.Read(answer, notes, out problem);

    public ReadOnlyMemory<byte> WriteBody(FilledForm form) => SubmissionBody.Write(form);

    public SubmissionAnswer ReadAnswer(SubmissionResponse response, FormSchema schema, string token) =>
        SubmissionReader.Read(response, schema.Properties, token);
}
