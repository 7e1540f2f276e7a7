using System.Globalization;
using System.Text;
using McpFunctionApp.Catalog;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Sources;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>What <c>--check</c> prints of one form: addresses without their queries, and no default of a secret, since a form's
/// secrets are no fields.</summary>
internal sealed record FormReport(bool IsOffered, string Text)
{
    private static readonly string[] s_columns = ["PARAMETER", "KIND", "REQUIRED", "OPTIONS", "DEFAULT", "NAME"];

    /// <param name="adapter">What the form's adapter did, line by line.</param>
    public static FormReport OfFailure(FormOptions form, string reason, string detail, IReadOnlyList<string> adapter) =>
        new(false, string.Join(Environment.NewLine, [Head(form), $"  not offered: {reason} ({detail})", .. adapter]));

    /// <param name="content">What would be submitted for the defaults.</param>
    public static FormReport OfForm(
        FormOptions form,
        FormReading reading,
        SubmissionContent content,
        IReadOnlyList<string> adapter
    )
    {
        var schema = reading.Schema!;
        var text = new StringBuilder(Head(form)).AppendLine();
        if (ToolFallback.OfForm(form.Tool, schema) is { } fallback)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  not offered: {fallback.ReasonName}{(fallback.Detail.Length > 0 ? $" ({fallback.Detail})" : "")}"
            );
        }
        else
        {
            AppendTable(text, [s_columns, .. schema.Properties.Select(Row)]);
        }

        AppendNotes(text, reading.Notes);
        if (!schema.Properties.IsEmpty)
        {
            AppendBody(text, form, content);
        }

        text.AppendJoin(Environment.NewLine, adapter);

        return new FormReport(!schema.Properties.IsEmpty, text.ToString().TrimEnd());
    }

    /// <summary>Without its query, in which secrets may stand.</summary>
    public static string Address(Uri url) => url.GetLeftPart(UriPartial.Path);

    private static string Head(FormOptions form) =>
        $"{form.Tool}: {string.Join(", ", form.Addresses.Select(address => Address(address.Url)))}";

    private static string[] Row(FormProperty property) =>
        [
            property.Key,
            property.Kind.ToString().ToLowerInvariant(),
            property.Required ? "yes"
            : property.RequiredUnder > 0 ? "with its object"
            : "",
            property.Options.IsEmpty
                ? ""
                : property.Options.Length.ToString(CultureInfo.InvariantCulture) + (property.ListsOptions ? "" : ", not listed"),
            Shown(property.Default),
            Quotable.Shorten(property.Title ?? property.OriginalKey, 48),
        ];

    private static string Shown(PropertyDefault? value) =>
        value is null
            ? ""
            : Quotable.Shorten(
                value.Text ?? value.Number?.ToString(CultureInfo.InvariantCulture) ?? string.Join(", ", value.Labels),
                32
            );

    private static void AppendTable(StringBuilder text, IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, s_columns.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            text.AppendLine($"  {string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])))}".TrimEnd());
        }
    }

    private static void AppendNotes(StringBuilder text, FormNotes notes)
    {
        foreach (var note in notes.Warnings.Concat(notes.Details))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {note}");
        }
    }

    private static void AppendBody(StringBuilder text, FormOptions form, SubmissionContent content)
    {
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"  for the defaults, {(form.SubmitUrl is { } url ? $"POST {Address(url)}" : "recorded, without a SubmitUrl")} "
                + $"(not sent):"
        );
        text.AppendLine(CultureInfo.InvariantCulture, $"  {content.Problem ?? Encoding.UTF8.GetString(content.Json.Span)}");
    }
}
