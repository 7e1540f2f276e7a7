using McpFunctionApp.Callers;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;

namespace McpFunctionApp.FormApi;

/// <summary>What the answers of a form API come to for one caller.</summary>
/// <param name="Schema">Null where the answer cannot be used.</param>
/// <param name="Problem">Why not, as a sentence part; empty for a form.</param>
/// <param name="Notes">What had to be left out.</param>
internal sealed record FormReading(FormSchema? Schema, string Problem, FormNotes Notes)
{
    public const string RepeatsToken = "its answer repeats the caller's token";

    public static async ValueTask<FormReading> OfAsync(
        IFormSource source,
        IReadOnlyList<SourceAnswer> answers,
        Caller caller,
        FormLimits limits,
        CancellationToken cancellationToken
    )
    {
        if (Holds(answers, caller.Token))
        {
            return Failed(RepeatsToken);
        }

        var notes = new FormNotes();
        var read = await source.ReadFormAsync(answers, notes, cancellationToken);
        if (read.Form is not { } form)
        {
            return Failed(read.Problem);
        }

        var schema = FormMapper.Map(form, caller.Groups, limits, notes);
        return FormGuard.Shows(notes, caller.Token) || FormGuard.Shows(schema, caller.Token)
            ? Failed(RepeatsToken)
            : new FormReading(schema, "", notes);
    }

    public static bool Holds(IReadOnlyList<SourceAnswer> answers, string token) =>
        answers.Any(answer => TokenGuard.Holds(answer.Body.Span, token));

    public static FormReading Failed(string problem) => new(null, problem, new FormNotes());
}
