using McpFunctionApp.Callers;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;

namespace McpFunctionApp.Schemas;

/// <summary>What an answer of a form API comes to for one caller. Pure.</summary>
/// <param name="Schema">Null where the answer cannot be used.</param>
/// <param name="Problem">Why not, as a sentence part; empty for a form.</param>
/// <param name="Notes">What had to be left out.</param>
internal sealed record FormReading(FormSchema? Schema, string Problem, FormNotes Notes)
{
    public const string RepeatsToken = "its answer repeats the caller's token";

    public static FormReading Of(IFormSource source, ReadOnlyMemory<byte> answer, Caller caller, FormLimits limits)
    {
        if (TokenGuard.Holds(answer.Span, caller.Token))
        {
            return Failed(RepeatsToken);
        }

        var notes = new FormNotes();
        if (source.ReadForm(answer, notes, out var problem) is not { } read)
        {
            return Failed(problem);
        }

        var schema = FormMapper.Map(read, caller.Groups, limits, notes);
        return FormGuard.Shows(notes, caller.Token) || FormGuard.Shows(schema, caller.Token)
            ? Failed(RepeatsToken)
            : new FormReading(schema, "", notes);
    }

    private static FormReading Failed(string problem) => new(null, problem, new FormNotes());
}
