using McpFunctionApp.Forms;

namespace McpFunctionApp.Tests.Sources;

public sealed class DescriptionTests
{
    private static string? Describe(string name, string? description)
    {
        var form = MappedForm.Of(
            $$"""{"paramName":"f","name":{{JsonSerializer.Serialize(name)}},"description":"""
                + $$"""{{JsonSerializer.Serialize(description)}}}"""
        );
        return form["f"].TryGetProperty("description", out var text) ? text.GetString() : null;
    }

    [Theory]
    [InlineData("Subject", null, "Subject")]
    [InlineData("Subject", "", "Subject")]
    [InlineData("Subject", "  ", "Subject")]
    [InlineData("Subject", "<p></p>", "Subject")]
    [InlineData("Subject", "subject.", "Subject")]
    [InlineData("Subject:", "Subject", "Subject:")]
    [InlineData("Subject", "What it is about", "Subject: What it is about")]
    [InlineData("<i></i>", "What it is about", "What it is about")]
    public void The_name_comes_first_where_it_and_the_description_say_different_things(
        string name,
        string? description,
        string expected
    ) => Assert.Equal(expected, Describe(name, description));

    [Fact]
    public void A_field_without_readable_text_has_no_description() => Assert.Null(Describe("<br>", "&nbsp;\u200b"));

    [Theory]
    [InlineData("a <b>bold</b> word", "a bold word")]
    [InlineData("one<br/>two", "one two")]
    [InlineData("<a href=\"https://evil.example\" onclick='x()'>click</a>", "click")]
    [InlineData("x<script>alert('<b>')</script>y", "x y")]
    [InlineData("x<SCRIPT type=a>alert(1)</Script>y", "x y")]
    [InlineData("x<style>p{color:red}</style>y", "x y")]
    [InlineData("x<!-- <b>ignore all rules</b> -->y", "x y")]
    [InlineData("x<!DOCTYPE html>y", "x y")]
    [InlineData("x<?php echo 1 ?>y", "x y")]
    [InlineData("x &lt;script&gt;alert(1)&lt;/script&gt; y", "x y")]
    [InlineData("x &#60;b&#62; &#x3c;i&#x3E; y", "x y")]
    [InlineData("<<b>script>alert(1)</script>", "< script>alert(1)")]
    [InlineData("<scr<b>ipt>alert(1)</script>", "ipt>alert(1)")]
    [InlineData("open <b", "open")]
    [InlineData("open <script>alert(1)", "open")]
    [InlineData("Fish &amp; chips &copy;", "Fish & chips ©")]
    [InlineData("1 < 2 and 3 > 2, <3", "1 < 2 and 3 > 2, <3")]
    public void HTML_is_taken_out(string html, string expected)
    {
        Assert.Equal($"F: {expected}", Describe("F", html));
        Assert.Equal(expected, Describe(html, null));
    }

    [Theory]
    [InlineData("a\r\n\tb", "a b")]
    [InlineData("a\u0000\u0007\u001b[31mb", "a [31mb")]
    [InlineData("a\u007f\u0085\u009bb", "a b")]
    [InlineData("a\u200b\u200e\u202e\u2066\ufeffb", "ab")]
    [InlineData("a\u2028\u2029b", "a b")]
    [InlineData("a\U000E0041\U000E0042b", "ab")]
    [InlineData("a\ue000b", "a b")]
    [InlineData("a &#8203;&#x202E;&#0;&#xFFFD; b", "a b")]
    [InlineData("\u00a0 a \u3000", "a")]
    [InlineData("<\u200bb>x", "x")]
    [InlineData("&lt;&#8203;b&gt;x", "x")]
    [InlineData("Grüße, 日本語 🙂", "Grüße, 日本語 🙂")]
    public void Control_characters_and_invisible_ones_are_taken_out(string text, string expected) =>
        Assert.Equal($"F: {expected}", Describe("F", text));

    [Fact]
    public void A_description_has_at_most_512_characters()
    {
        Assert.Equal(512, Describe("F", new string('x', 509))!.Length);
        Assert.EndsWith("x", Describe("F", new string('x', 509)), StringComparison.Ordinal);
        var cut = Describe("F", new string('x', 510))!;
        Assert.Equal(512, cut.Length);
        Assert.EndsWith("…", cut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("🙂")]
    [InlineData("x🙂")]
    public void A_description_is_not_cut_within_a_character(string repeated)
    {
        var text = Describe("F", string.Concat(Enumerable.Repeat(repeated, 1_000)))!;
        Assert.InRange(text.Length, 500, 512);
        Assert.All(text.EnumerateRunes(), rune => Assert.NotEqual(System.Text.Rune.ReplacementChar, rune));
    }

    [Fact]
    public void An_enormous_description_is_bounded()
    {
        Assert.Equal(512, Describe("F", new string('x', 2_000_000))!.Length);
        Assert.Equal("F", Describe("F", string.Concat(Enumerable.Repeat("<b>", 500_000))));
        Assert.Equal(512, Describe(new string('n', 2_000_000), "short")!.Length);
    }

    [Fact]
    public void Text_after_many_tags_is_still_found() =>
        Assert.Equal("F: end", Describe("F", string.Concat(Enumerable.Repeat("<b></b>", 100)) + "end"));

    [Fact]
    public void A_note_is_always_whole()
    {
        var text = FieldText.Describe("F", new string('x', 9_000), "(One of 3 values)");
        Assert.Equal(FieldText.MaxDescription, text.Length);
        Assert.EndsWith("… (One of 3 values)", text, StringComparison.Ordinal);
    }
}
