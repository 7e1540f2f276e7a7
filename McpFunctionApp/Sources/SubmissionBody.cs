using System.Globalization;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>
/// Turns a filled form back into what the form API knows: an object of the form's own keys, objects within it where the
/// form has them, an option's value with the JSON type that the form gave it, arrays for multiple choices. Nothing is
/// lost or rounded on the way.
/// </summary>
internal static class SubmissionBody
{
    public static ReadOnlyMemory<byte> Write(FilledForm form)
    {
        var tree = new BodyTree();
        foreach (var value in form.Values)
        {
            tree.Add(value.Property.Path, Json(value));
        }

        tree.Add(form.Schema.Fixed);
        return tree.Write();
    }

    private static string Json(FilledValue value) => value switch
    {
        { Chosen.IsEmpty: true } => Given(value),
        { Property.Kind: PropertyKind.Choices } => $"[{string.Join(',', value.Chosen.Select(option => option.ValueJson))}]",
        _ => value.Chosen[0].ValueJson,
    };

    private static string Given(FilledValue value) =>
        value.Property is { Kind: PropertyKind.Date or PropertyKind.DateTime, SubmittedFormat: { } format }
            ? ScalarText.Quote(Moment(value.Value.GetString()!, format))
            : value.Value.GetRawText();

    // A format without an offset would lose where the moment's clock stood: it is written in UTC.
    private static string Moment(string text, string format)
    {
        var moment = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return (format.Contains('z') || format.Contains('K') ? moment : moment.ToUniversalTime()).ToString(format, CultureInfo.InvariantCulture);
    }
}
