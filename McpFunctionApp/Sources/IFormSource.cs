using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>How one kind of system says a form, takes a submission of it, and answers one. Pure: who asks and sends is elsewhere.</summary>
public interface IFormSource
{
    /// <param name="notes">What was left out or ignored.</param>
    /// <returns>The fields that the answer has for its caller, or null and what was wrong with it.</returns>
    FormAnswer? ReadForm(ReadOnlyMemory<byte> answer, FormNotes notes, out string problem);

    /// <summary>What the system is sent of a form that was filled in, as UTF-8 JSON.</summary>
    ReadOnlyMemory<byte> WriteBody(FilledForm form);

    /// <param name="token">The caller's, no part of which may come back.</param>
    /// <returns>The receipt, or the refusal with its reasons.</returns>
    SubmissionAnswer ReadAnswer(SubmissionResponse response, FormSchema schema, string token);
}
