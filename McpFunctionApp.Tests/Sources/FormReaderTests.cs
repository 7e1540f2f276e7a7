using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;

namespace McpFunctionApp.Tests.Sources;

public sealed class FormReaderTests
{
    private static FormAnswer? Read(string json, out string problem) =>
        FormReader.Read(Encoding.UTF8.GetBytes(json), new FormNotes(), out problem);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("<html></html>")]
    [InlineData("{\"fieldList\":[}")]
    [InlineData("{\"fieldList\":[]} trailing")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"fieldList\"")]
    [InlineData("{}")]
    [InlineData("{\"fields\":[]}")]
    [InlineData("{\"FieldList\":[]}")]
    [InlineData("{\"fieldList\":null}")]
    [InlineData("{\"fieldList\":{}}")]
    [InlineData("{\"fieldList\":\"[]\"}")]
    public void An_answer_without_a_list_of_fields_is_malformed(string json)
    {
        Assert.Null(Read(json, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_malformed()
    {
        Assert.Null(
            FormReader.Read(Encoding.Latin1.GetBytes("{\"fieldList\":[{\"name\":\"Größe\"}]}"), new FormNotes(), out var problem)
        );
        Assert.Contains("UTF-8", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_malformed() =>
        Assert.Null(Read("{\"fieldList\":" + new string('[', 10_000) + new string(']', 10_000) + "}", out _));

    [Fact]
    public void A_byte_order_mark_and_members_that_are_not_known_are_ignored()
    {
        var form = Read("\ufeff{\"status\":\"ok\",\"fieldList\":[{\"name\":\"F\"}],\"page\":{\"n\":1}}", out var problem);
        Assert.Single(form!.Fields);
        Assert.Empty(problem);
    }

    [Theory]
    [InlineData("{\"\\ud800\":1,\"fieldList\":[{\"name\":\"F\"}]}")]
    [InlineData("{\"fieldList\":[{\"name\":\"F\"}],\"\\udc00\":1}")]
    public void A_name_that_is_no_text_is_a_member_that_is_not_known(string json) => Assert.Single(Read(json, out _)!.Fields);

    [Fact]
    public void A_name_that_is_no_text_never_throws()
    {
        Assert.Null(Read("{\"fieldLis\\ud800\":1,\"fieldList\":[{\"name\":\"F\"}],\"fieldLis\\udc00\":1}", out var problem));
        Assert.Contains("Unicode", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_said_without_repeating_the_answer()
    {
        Assert.Null(Read("secret-text", out var problem));
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }
}
