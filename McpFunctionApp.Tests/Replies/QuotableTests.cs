using System.Text;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Tests.Replies;

public sealed class QuotableTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("  a \r\n\t b  ", "a b")]
    [InlineData("a\u0000\u001b[0m\u007f\u009fb", "a [0m b")]
    [InlineData("a\u00ad\u200b\u200f\u202e\u2066\u2069\ufeffb", "ab")]
    [InlineData("a\u2028b\u2029c", "a b c")]
    [InlineData("a\ud800b", "a b")]
    [InlineData("a\udc00", "a")]
    [InlineData("a\ue000\U000F0000b", "a b")]
    [InlineData("tag\U000E0061\U000E0062s", "tags")]
    [InlineData("Größe 日本語 🙂 é", "Größe 日本語 🙂 é")]
    public void One_line_holds_no_control_or_invisible_characters(string text, string expected) =>
        Assert.Equal(expected, Quotable.OneLine(text));

    [Theory]
    [InlineData("12345", 5, "12345")]
    [InlineData("123456", 5, "1234…")]
    [InlineData("🙂🙂🙂", 6, "🙂🙂🙂")]
    [InlineData("🙂🙂🙂", 5, "🙂🙂…")]
    [InlineData("🙂🙂🙂", 4, "🙂…")]
    [InlineData("abc", 1, "…")]
    [InlineData("🙂🙂", 2, "…")]
    public void A_long_text_is_cut_between_characters_with_an_ellipsis(string text, int limit, string expected) =>
        Assert.Equal(expected, Quotable.Shorten(text, limit));

    [Fact]
    public void An_ellipsis_shows_that_something_was_cut_even_after_much_white_space()
    {
        Assert.Equal("a…", Quotable.Shorten("a" + new string(' ', 1_000) + "b", 10));
        Assert.Equal("a", Quotable.Shorten("a" + new string(' ', 1_000), 10));
        Assert.Equal("a", Quotable.Shorten(new string('\n', 1_000) + "a", 10));
    }

    [Fact]
    public void Whatever_comes_in_the_limit_holds_and_no_character_is_torn()
    {
        var text = string.Concat(
            Enumerable
                .Range(0, 400)
                .Select(i =>
                    i % 3 == 0 ? "🙂"
                    : i % 7 == 0 ? "\u200b"
                    : "x"
                )
        );
        for (var limit = 1; limit < 500; limit++)
        {
            var cut = Quotable.Shorten(text, limit);
            Assert.InRange(cut.Length, 1, limit);
            Assert.DoesNotContain(Rune.ReplacementChar, cut.EnumerateRunes());
        }
    }

    [Theory]
    [InlineData(" High ", " High ")]
    [InlineData("a  b\u00a0", "a  b\u00a0")]
    [InlineData("High\n", "High\\n")]
    [InlineData("\ta\r\n", "\\ta\\r\\n")]
    [InlineData("a\u001b[31m\u2028", "a\\u001b[31m\\u2028")]
    [InlineData("a\u200b\u202eb", "ab")]
    [InlineData("", "")]
    public void What_somebody_wrote_is_shown_with_its_white_space(string text, string expected) =>
        Assert.Equal(expected, Quotable.Show(text));

    [Theory]
    [InlineData("12345", "12345")]
    [InlineData("123456", "1234…")]
    [InlineData("🙂🙂🙂", "🙂🙂…")]
    [InlineData("1234\n", "1234…")]
    public void What_is_shown_is_bounded(string text, string expected) => Assert.Equal(expected, Quotable.Show(text, 5));

    [Fact]
    public void The_usual_limit_is_100() => Assert.Equal(100, Quotable.Shorten(new string('x', 101)).Length);
}
