using McpFunctionApp.Forms;
using McpFunctionApp.Submissions;

namespace McpFunctionApp.Sources;

/// <summary>How one kind of system says a form, takes a submission of it, and answers one. Who asks and sends is
/// elsewhere.</summary>
public interface IFormSource
{
    /// <summary>Another for each way to read an answer, but for settings that cannot change while the process lives.</summary>
    string Identity { get; }

    /// <summary>The largest answer that is read, in bytes after decompression.</summary>
    int MaxBytes { get; }

    /// <summary>What the limit is called in a message.</summary>
    string MaxBytesName { get; }

    /// <summary>What reading a form takes of the process's memory, for each byte of it.</summary>
    int MemoryPerByte { get; }

    /// <param name="answers">Those of all addresses of the form, in their order; at least one.</param>
    /// <param name="notes">What was left out or ignored.</param>
    ValueTask<SourceForm> ReadFormAsync(
        IReadOnlyList<SourceAnswer> answers,
        FormNotes notes,
        CancellationToken cancellationToken
    );

    /// <summary>What the system is sent of a form that was filled in.</summary>
    ValueTask<SubmissionContent> WriteBodyAsync(FilledForm form, CancellationToken cancellationToken);

    /// <param name="token">The caller's, no part of which may come back.</param>
    /// <returns>The receipt, or the refusal with its reasons.</returns>
    ValueTask<SubmissionAnswer> ReadAnswerAsync(
        SubmissionResponse response,
        FormSchema schema,
        string token,
        CancellationToken cancellationToken
    );
}

/// <summary>One address of a form.</summary>
/// <param name="Name">What its answer is called, for people and for an adapter's expressions.</param>
public sealed record SourceAddress(string Name, Uri Url);

/// <summary>What one address of a form answered.</summary>
public sealed record SourceAnswer(string Name, ReadOnlyMemory<byte> Body);

/// <summary>A form as it was read.</summary>
/// <param name="Form">The fields that the answers have for their caller; null where they cannot be used.</param>
/// <param name="Problem">Why not, as a sentence part; empty for a form.</param>
public sealed record SourceForm(FormAnswer? Form, string Problem);

/// <summary>A submission's body.</summary>
/// <param name="Json">UTF-8.</param>
/// <param name="Problem">Why there is none, as a sentence part; null where there is one.</param>
public sealed record SubmissionContent(ReadOnlyMemory<byte> Json, string? Problem);
