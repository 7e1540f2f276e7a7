using System.Collections.Immutable;

namespace McpFunctionApp.Submissions;

/// <summary>What a system's answer to a submission says: a receipt, a refusal, or neither where it cannot be known.</summary>
/// <param name="Receipt">Where the request was accepted.</param>
/// <param name="Refusal">Where it was refused.</param>
public sealed record SubmissionAnswer(SubmissionReceipt? Receipt, SubmissionRefusal? Refusal)
{
    /// <summary>What could not be read as it should have been, for the log; null for nothing.</summary>
    public string? Remark { get; init; }

    public static SubmissionAnswer Accepted(SubmissionReceipt receipt) => new(receipt, null);

    public static SubmissionAnswer Refused(SubmissionRefusal refusal) => new(null, refusal);

    /// <summary>A web page, such as that of a login: whether the request exists is not known.</summary>
    public static SubmissionAnswer Unknown { get; } = new(null, null);
}

/// <summary>What is known of a request that was accepted. Nothing in it repeats the caller's token.</summary>
/// <param name="IdJson">The id as JSON text, a string or a number; null where the system gave none.</param>
/// <param name="NumberJson">What people call the request, as JSON text; null where the system gave none.</param>
/// <param name="Url">Where people look at it, https; null where the system gave none.</param>
/// <param name="Status">The system's word for its state; null where it gave none.</param>
public sealed record SubmissionReceipt(string? IdJson, string? NumberJson, string? Url, string? Status)
{
    public static SubmissionReceipt Empty { get; } = new(null, null, null, null);
}

/// <summary>Why a request was refused, each text on one line, bounded, without HTML and without any part of the token.</summary>
/// <param name="Message">What was said of the request as a whole; null where nothing was.</param>
/// <param name="Problems">What was said of single fields.</param>
/// <param name="More">How many further problems there were.</param>
public sealed record SubmissionRefusal(string? Message, ImmutableArray<FieldProblem> Problems, int More)
{
    public static SubmissionRefusal Empty { get; } = new(null, [], 0);
}

/// <summary>What a system said of one field.</summary>
/// <param name="Name">The parameter's name; where it is none of this form, the system's own name.</param>
/// <param name="IsParameter">Whether the form has such a parameter.</param>
public sealed record FieldProblem(string Name, bool IsParameter, string Message)
{
    public override string ToString() => $"{Name}: {Message}";
}
