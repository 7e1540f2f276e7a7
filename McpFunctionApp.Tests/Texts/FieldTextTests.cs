using McpFunctionApp.Forms;

namespace McpFunctionApp.Tests.Texts;

/// <summary>What of a label is shown, and when two texts are the same label.</summary>
public sealed class FieldTextTests
{
    [Theory]
    [InlineData("I \u2764\uFE0F it")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467")]
    [InlineData("\u2764\uFE0F\u200D\U0001F525")]
    [InlineData("\U0001F469\U0001F3FD\u200D\u2695\uFE0F")]
    [InlineData("1\uFE0F\u20E3")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\u0D15\u0D4D\u200D\u0D37")]
    [InlineData("\u0915\u094D\u200C\u0937")]
    [InlineData("\u845B\U000E0100")]
    [InlineData("\u1820\u180B\u1821")]
    [InlineData("\u0600\u0661\u0662")]
    [InlineData("e\u0301\u0302")]
    [InlineData("Gr\u00f6\u00dfe, \u65e5\u672c\u8a9e")]
    public void What_belongs_to_a_label_stays(string label) => Assert.Equal(label, FieldText.Plain(label));

    [Theory]
    [InlineData("a\u200Bb", "ab")]
    [InlineData("a\u00ADb", "ab")]
    [InlineData("a\u200Db", "ab")]
    [InlineData("a\u200Cb", "ab")]
    [InlineData("\u0645\u200C", "\u0645")]
    [InlineData("\u200C\u0645", "\u0645")]
    [InlineData("\u0645\u200C\u200C\u0645", "\u0645\u200C\u0645")]
    [InlineData("a\uFE0F", "a")]
    [InlineData("1\uFE0F2", "12")]
    [InlineData("\u2764\uFE0F\uFE0F", "\u2764\uFE0F")]
    [InlineData("\u2764\u200D", "\u2764")]
    [InlineData("\u202Ea\u2066b\u200E\u061C", "ab")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0073", "\U0001F3F4")]
    [InlineData(
        "\U0001F3F4\U000E0068\U000E0069\U000E0064\U000E0065\U000E0074\U000E0068\U000E0069\U000E0073\U000E007F",
        "\U0001F3F4"
    )]
    [InlineData("\U0001F642\U000E0067\U000E0062\U000E0073\U000E0063\U000E007F", "\U0001F642")]
    [InlineData("a\U000E0100b", "ab")]
    [InlineData("a\u0000\u0007\tb", "a b")]
    public void What_hides_in_it_is_taken_out(string label, string expected) => Assert.Equal(expected, FieldText.Plain(label));

    [Theory]
    [InlineData(0x034F)]
    [InlineData(0x115F)]
    [InlineData(0x1160)]
    [InlineData(0x17B4)]
    [InlineData(0x17B5)]
    [InlineData(0x180B)]
    [InlineData(0x180F)]
    [InlineData(0x2065)]
    [InlineData(0x2800)]
    [InlineData(0x3164)]
    [InlineData(0xFFA0)]
    [InlineData(0xFFF8)]
    [InlineData(0x1D159)]
    [InlineData(0x1D173)]
    [InlineData(0xE0001)]
    [InlineData(0xE0FFF)]
    public void What_has_no_width_is_taken_out(int code)
    {
        var hidden = char.ConvertFromUtf32(code);
        Assert.Equal("ab", FieldText.Plain($"a{hidden}b"));
        Assert.Equal("\u65e5\u672c", FieldText.Plain($"\u65e5{hidden}\u672c{hidden}"));
        Assert.Equal("", FieldText.Plain(hidden));
    }

    [Fact]
    public void Stacks_of_marks_are_bounded()
    {
        Assert.Equal("a" + new string('\u0301', 6) + "b", FieldText.Plain("a" + new string('\u0301', 500) + "b"));
        Assert.Equal("a" + new string('\u0301', 6), FieldText.Plain("a" + string.Concat(Enumerable.Repeat("\u0301\u200B", 500))));
    }

    [Fact]
    public void A_cut_leaves_characters_of_several_parts_whole()
    {
        var text = FieldText.Plain(string.Concat(Enumerable.Repeat("\U0001F468\u200D\U0001F469\u200D\U0001F467", 100)));
        Assert.InRange(text.Length, 240, FieldText.MaxLabel);
        Assert.EndsWith("\U0001F467…", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("High", " high ")]
    [InlineData("Very high", "very \u00a0\t high")]
    [InlineData("I \u2764\uFE0F it", "i \u2764 IT")]
    [InlineData("\u00e9t\u00e9", "e\u0301te\u0301")]
    [InlineData("\u1ED9", "o\u0302\u0323")]
    [InlineData("\uFB01le", "FILE")]
    [InlineData("\uFF21\uFF22", "ab")]
    [InlineData("\uAC01", "\u1100\u1161\u11A8")]
    [InlineData("\u039F\u0394\u039F\u03A3", "\u03BF\u03B4\u03BF\u03C2")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "\u0645\u06CC\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("Gr\u00f6\u1E9Ee", "gr\u00f6\u00dfe")]
    public void Labels_that_differ_in_white_space_form_or_case_alone_are_the_same(string label, string other) =>
        Assert.Equal(FieldText.Fold(label), FieldText.Fold(other));

    [Theory]
    [InlineData("High", "Height")]
    [InlineData("a b", "ab")]
    [InlineData("\u00e9", "e")]
    [InlineData("\u65e5", "\u672c")]
    public void Others_are_not(string label, string other) => Assert.NotEqual(FieldText.Fold(label), FieldText.Fold(other));
}
