using System.Globalization;

namespace McpFunctionApp.Forms;

/// <summary>Reads dates and times of ISO 8601 and RFC 3339, and no others: 03/04/2026 could be two days. Pure.</summary>
internal static class DateText
{
    /// <summary>What a date looks like, for whoever has to write one.</summary>
    public const string DateExample = "2026-11-25";

    /// <summary>The same of a date with its time.</summary>
    public const string DateTimeExample = "2026-11-25T14:30:00Z";

    private const int FinestFraction = 7;

    private static readonly string[] s_moments =
    [
        "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    /// <returns>The day as it was written; null where it is none.</returns>
    public static string? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null;

    /// <returns>The moment as it was written, with T and Z in capitals and with seconds; null where it is none, or has neither Z nor an offset.</returns>
    public static string? DateTime(string text)
    {
        // The longest with an offset and nanoseconds; a megabyte is not looked at.
        if (text.Length is < 17 or > 40)
        {
            return null;
        }

        var upper = text.ToUpperInvariant();
        var written = upper[10] == ' ' ? $"{upper[..10]}T{upper[11..]}" : upper;
        return DateTimeOffset.TryParseExact(Shorter(written), s_moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            ? Whole(written)
            : null;
    }

    /// <summary>With seconds, and with a colon in its offset.</summary>
    private static string Whole(string moment)
    {
        var withSeconds = moment[16] == ':' ? moment : moment.Insert(16, ":00");
        return withSeconds[^1] == 'Z' || withSeconds[^3] == ':' ? withSeconds : withSeconds.Insert(withSeconds.Length - 2, ":");
    }

    /// <summary>Without the digits of a fraction of a second that are too fine to be read.</summary>
    private static string Shorter(string moment)
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
