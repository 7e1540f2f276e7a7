using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Texts;

namespace McpFunctionApp.Arguments;

/// <summary>Reads dates and times of ISO 8601, and no others: 03/04/2026 could be two days.</summary>
internal static class DateReader
{
    // The shortest and the longest with an offset and nanoseconds; a megabyte is not looked at.
    private const int ShortestMoment = 17;
    private const int LongestMoment = 40;

    private const int EndOfDay = 10;
    private const int EndOfMinute = 16;
    private const int FinestFraction = 7;

    public static ValueReading Read(FormProperty property, JsonElement value, ArgumentProblems problems)
    {
        var isDate = property.Kind == PropertyKind.Date;
        if (JsonValues.Text(value)?.Trim() is { } text && (isDate ? Day(text) : Moment(text)) is { } read)
        {
            return ValueReading.Of(
                property,
                value.ValueKind == JsonValueKind.String && value.ValueEquals(read) ? value : JsonValues.Of(read)
            );
        }

        problems.Add(() => new(property.Key, $"{Found(value, isDate)}. {Expectation.Of(property)}", []));
        return ValueReading.Wrong;
    }

    private static string Found(JsonElement value, bool isDate) =>
        JsonValues.Text(value) is { } text
            ? $"'{Quotable.Show(text)}' is {(isDate ? "no date" : "no date and time with Z or an offset")}"
            : $"must be a text, but is {Expectation.KindOf(value)}";

    private static string? Day(string text) => DateText.Day(text) is null ? null : text;

    /// <returns>The moment as it was written, with T and Z in capitals and with seconds; null where it is none.</returns>
    private static string? Moment(string text)
    {
        if (text.Length is < ShortestMoment or > LongestMoment)
        {
            return null;
        }

        var upper = text.ToUpperInvariant();
        var written = upper[EndOfDay] == ' ' ? $"{upper[..EndOfDay]}T{upper[(EndOfDay + 1)..]}" : upper;
        var whole = written[EndOfMinute] == ':' ? written : written.Insert(EndOfMinute, ":00");
        return DateText.Moment(Coarser(whole)) is null ? null : whole;
    }

    /// <summary>Without the digits of a fraction of a second that are too fine to be read.</summary>
    private static string Coarser(string moment)
    {
        var start = moment.IndexOf('.', StringComparison.Ordinal) + 1;
        var end = start;
        while (start > 0 && end < moment.Length && char.IsAsciiDigit(moment[end]))
        {
            end++;
        }

        return end - start > FinestFraction ? moment.Remove(start + FinestFraction, end - start - FinestFraction) : moment;
    }
}
