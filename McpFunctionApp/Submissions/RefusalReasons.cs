using McpFunctionApp.Callers;
using McpFunctionApp.Replies;
using McpFunctionApp.Texts;

namespace McpFunctionApp.Submissions;

/// <summary>Collects the reasons of a refusal: each once, on one line, without HTML, bounded, and none that repeats the
/// token.</summary>
internal sealed class RefusalReasons(FieldNames fields, string token)
{
    /// <summary>How many problems of fields are told.</summary>
    public const int MaxProblems = 20;

    private const int MaxMessages = 5;
    private const int MaxText = 300;
    private const int MaxName = 64;

    // Bounds the work on an answer of a megabyte of reasons.
    private const int MaxRead = 500;

    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);
    private readonly HashSet<FieldProblem> _problems = [];
    private int _read;

    public bool IsEmpty => _messages.Count + _problems.Count == 0;

    /// <summary>Counts one more thing that is looked at; false once it is enough.</summary>
    public bool MayRead() => ++_read <= MaxRead;

    public bool IsField(string name) => fields.Find(name) is not null;

    /// <param name="names">The fields that it is about, by the system's own names; empty: it is about the request.</param>
    public void Add(IReadOnlyList<string> names, string? text)
    {
        // What Rails calls base is the request as a whole.
        if (names.Count == 0 || names is ["base"])
        {
            AddMessage(text);
        }
        else if (Clean(text) is { } message)
        {
            foreach (var name in names)
            {
                AddProblem(name, message);
            }
        }
    }

    public void AddMessage(string? text)
    {
        if (Clean(text) is { } message && _messages.Count < MaxMessages)
        {
            _messages.Add(message);
        }
    }

    public SubmissionRefusal ToRefusal() =>
        new(
            _messages.Count == 0 ? null : string.Join("; ", _messages),
            [.. _problems.Take(MaxProblems)],
            Math.Max(0, _problems.Count - MaxProblems)
        );

    private void AddProblem(string name, string message)
    {
        var parameter = fields.Find(name);
        var shown = parameter ?? Quotable.Shorten(name, MaxName);
        if (shown.Length == 0 || (parameter is null && TokenGuard.Repeats(shown, token)))
        {
            AddMessage(message);
        }
        else
        {
            _problems.Add(new FieldProblem(shown, parameter is not null, message));
        }
    }

    private string? Clean(string? text)
    {
        var clean = text is null ? "" : Quotable.Shorten(HtmlText.Strip(text), MaxText);
        return clean.Length == 0 || TokenGuard.Repeats(clean, token) ? null : clean;
    }
}
