using McpFunctionApp.Replies;

namespace McpFunctionApp.Forms;

/// <summary>What a mapping had to leave out or ignore, for the log: the mapping itself stays free of input and output.</summary>
public sealed class MappingNotes
{
    // A form with ten thousand broken fields is one problem, not ten thousand log lines.
    private const int MaxKept = 50;

    private readonly List<string> _warnings = [];
    private readonly List<string> _details = [];

    /// <summary>Somebody should look at the form.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Only of interest while a form is being debugged.</summary>
    public IReadOnlyList<string> Details => _details;

    public void Warn(FormField field, string what) => Warn($"field '{Quotable.Shorten(field.Name, 64)}': {what}");

    public void Warn(string what) => Keep(_warnings, what);

    public void Detail(FormField field, string what) => Keep(_details, $"field '{Quotable.Shorten(field.Name, 64)}': {what}");

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
