using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Submissions;

namespace McpFunctionApp.Tests.Arguments;

/// <summary>Dates are ISO 8601, patterns are JavaScript's.</summary>
public sealed class DateAndPatternTests
{
    private static string Submitted(PropertyKind kind, string given, string? format)
    {
        var (filled, problems) = ReadArguments.Of(
            ReadArguments.Form(kind, property => property with { SubmittedFormat = format }),
            $$"""{"f":{{JsonSerializer.Serialize(given)}}}"""
        );
        Assert.Equal(0, problems.Count);
        return JsonElement.Parse(Encoding.UTF8.GetString(SubmissionBody.Write(filled).Span)).GetProperty("f").GetString()!;
    }

    [Theory]
    [InlineData("2026-11-25")]
    [InlineData(" 2026-11-25\n")]
    [InlineData("2024-02-29")]
    public void A_day_is_read_and_submitted_as_ISO_8601(string text) =>
        Assert.Equal(text.Trim(), Submitted(PropertyKind.Date, text, null));

    [Theory]
    [InlineData("31/31/2026")]
    [InlineData("2026-02-29")]
    [InlineData("2026-13-01")]
    [InlineData("25.11.2026")]
    [InlineData("2026-11-25T00:00:00Z")]
    [InlineData("tomorrow")]
    [InlineData("20261125")]
    public void What_is_no_day_is_a_problem_that_says_how_to_write_one(string text) =>
        Assert.Equal(
            [$"f: '{text}' is no date. Expected: a date such as 2026-11-25."],
            ReadArguments.Problems(ReadArguments.Form(PropertyKind.Date), $$"""{"f":"{{text}}"}""")
        );

    [Theory]
    [InlineData("2026-11-25T14:30:00Z", "2026-11-25T14:30:00Z")]
    [InlineData("2026-11-25T14:30:00+02:00", "2026-11-25T14:30:00+02:00")]
    [InlineData("2026-11-25t14:30:00.123z", "2026-11-25T14:30:00.123Z")]
    [InlineData("2026-11-25 14:30Z", "2026-11-25T14:30:00Z")]
    [InlineData("2026-11-25T14:30-05:30", "2026-11-25T14:30:00-05:30")]
    [InlineData(" 2026-11-25T14:30:00Z\n", "2026-11-25T14:30:00Z")]
    [InlineData("2026-11-25T14:30:00.123456789Z", "2026-11-25T14:30:00.123456789Z")]
    public void A_moment_is_read_with_Z_or_an_offset(string text, string read) =>
        Assert.Equal(read, Submitted(PropertyKind.DateTime, text, null));

    [Theory]
    [InlineData("2026-11-25T14:30:00")]
    [InlineData("2026-11-25")]
    [InlineData("2026-11-25T25:00:00Z")]
    [InlineData("25/11/2026 14:30 Z")]
    [InlineData("2026-11-25T14:30:00+25:00")]
    public void A_moment_without_an_offset_or_that_is_none_is_a_problem(string text) =>
        Assert.Equal(
            [
                $"f: '{text}' is no date and time with Z or an offset. Expected: a date and time with Z or an offset, such "
                    + $"as 2026-11-25T14:30:00Z.",
            ],
            ReadArguments.Problems(ReadArguments.Form(PropertyKind.DateTime), $$"""{"f":"{{text}}"}""")
        );

    [Theory]
    [InlineData(PropertyKind.Date, "2026-11-25", "dd/MM/yyyy", "25/11/2026")]
    [InlineData(
        PropertyKind.DateTime,
        "2026-11-25T14:30:00+02:00",
        "yyyy-MM-dd'T'HH:mm:ss.fffzzz",
        "2026-11-25T14:30:00.000+02:00"
    )]
    [InlineData(PropertyKind.DateTime, "2026-11-25T14:30:00+02:00", "yyyy-MM-dd HH:mm:ss", "2026-11-25 12:30:00")]
    [InlineData(PropertyKind.DateTime, "2026-11-25T14:30:00+02:00", "yyyy-MM-dd'T'HH:mm:ss'Z'", "2026-11-25T12:30:00Z")]
    public void A_date_is_submitted_as_the_form_wants_it(PropertyKind kind, string given, string format, string submitted) =>
        Assert.Equal(submitted, Submitted(kind, given, format));

    [Fact]
    public void A_hostile_pattern_takes_no_longer_than_its_text() =>
        Assert.Single(
            ReadArguments.Problems(
                ReadArguments.Form(PropertyKind.Text, property => property with { Pattern = "^(a+)+$" }),
                $$"""{"f":"{{new string('a', 50_000)}}!"}"""
            )
        );

    [Theory]
    [InlineData("^[A-Z]{2}-\\d+$", "AB-12", "AB-12\n")]
    [InlineData("^[A-Z]{2}-\\d+$", "AB-12", "AB-\u0663")]
    [InlineData("b", "abc", "ac")]
    [InlineData("^\\w+$", "a_1", "a b")]
    [InlineData("^[\\d$]+$", "1$", "x")]
    public void A_pattern_is_found_as_JavaScript_finds_it(string pattern, string right, string wrong)
    {
        var form = ReadArguments.Form(PropertyKind.Text, property => property with { Pattern = pattern });
        Assert.Empty(ReadArguments.Problems(form, $$"""{"f":{{JsonSerializer.Serialize(right)}}}"""));
        var line = Assert.Single(ReadArguments.Problems(form, $$"""{"f":{{JsonSerializer.Serialize(wrong)}}}"""));
        Assert.Contains($"does not match the pattern {pattern}.", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("([", "anything")]
    [InlineData("^(?=.*\\d).{3,}$", "abc")]
    [InlineData("^(a)\\1$", "ab")]
    public void A_pattern_that_cannot_be_checked_is_left_to_the_form(string pattern, string text) =>
        Assert.Empty(
            ReadArguments.Problems(
                ReadArguments.Form(PropertyKind.Text, property => property with { Pattern = pattern }),
                $$"""{"f":"{{text}}"}"""
            )
        );
}
