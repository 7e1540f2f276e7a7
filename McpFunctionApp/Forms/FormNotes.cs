using McpFunctionApp.Replies;

namespace McpFunctionApp.Forms;

/// <summary>What reading and mapping a form had to leave out or ignore, for the log: both stay free of input and
/// output.</summary>
public sealed class FormNotes
{
    // A form with ten thousand broken fields is one problem, not ten thousand log lines.
    private const int MaxKept = 50;

    private readonly List<string> _warnings = [];
    private readonly List<string> _details = [];

    /// <summary>Somebody should look at the form.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Only of interest while a form is being debugged.</summary>
    public IReadOnlyList<string> Details => _details;

    /// <param name="field">The field's name.</param>
    public void Warn(string field, string what) => Warn($"field '{Quotable.Shorten(field, 64)}': {what}");

    public void Warn(string what) => Keep(_warnings, what);

    /// <param name="field">The field's name.</param>
    public void Detail(string field, string what) => Keep(_details, $"field '{Quotable.Shorten(field, 64)}': {what}");

    private static void Keep(List<string> notes, string what)
    {
        if (notes.Count < MaxKept)
        {
            notes.Add(what);
        }
        else if (notes.Count == MaxKept)
        {
            notes.Add("and more");
        }
    }
}
