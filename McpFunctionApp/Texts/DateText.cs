using System.Globalization;

namespace McpFunctionApp.Texts;

/// <summary>Dates as tools take them: ISO 8601, a moment with Z or an offset.</summary>
public static class DateText
{
    public const string DateExample = "2026-11-25";
    public const string MomentExample = "2026-11-25T14:30:00Z";

    private static readonly string[] s_moments =
    [
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK",
    ];

    /// <summary>The day of a text such as <c>2026-11-25</c>; null where it is no day of the calendar.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The moment of a text such as <c>2026-11-25T14:30:00Z</c>; null where it is none, or has neither Z nor an
    /// offset.</summary>
    public static DateTimeOffset? Moment(string text) =>
        HasOffset(text)
        && DateTimeOffset.TryParseExact(text, s_moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment
            : null;

    private static bool HasOffset(string text) =>
        text.EndsWith('Z') || text.AsSpan(Math.Min(text.Length, DateExample.Length)).IndexOfAny('+', '-') > 0;
}
