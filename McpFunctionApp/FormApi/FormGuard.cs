using McpFunctionApp.Callers;
using McpFunctionApp.Forms;

namespace McpFunctionApp.FormApi;

/// <summary>
/// Whether a mapped form would show its caller's token: in what is listed, kept in the table, or logged. Looked for
/// there, since cleaning a text can bring to light what was split or escaped in the form API's answer. Pure.
/// </summary>
internal static class FormGuard
{
    public static bool Shows(FormSchema schema, string token) =>
        TokenGuard.Shows(schema.InputSchema.GetRawText(), token)
        || TokenGuard.Shows(schema.Note, token)
        || TokenGuard.Shows(schema.Obstacle ?? "", token)
        || schema.Fixed.Any(value => TokenGuard.Shows(value.ValueJson, token))
        || schema.Properties.Any(property => ShowsUnlisted(property, token));

    public static bool Shows(FormNotes notes, string token) =>
        notes.Warnings.Concat(notes.Details).Any(note => TokenGuard.Shows(note, token));

    /// <summary>What the schema does not list: options beyond its limits, and what is submitted instead of a label.</summary>
    private static bool ShowsUnlisted(FormProperty property, string token) =>
        TokenGuard.Shows(property.OriginalKey, token)
        || TokenGuard.Shows(property.Title ?? "", token)
        || property.Options.Any(option => TokenGuard.Shows(option.Label, token) || TokenGuard.Shows(option.ValueJson, token));
}
