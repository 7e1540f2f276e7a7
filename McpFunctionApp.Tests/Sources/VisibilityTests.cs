namespace McpFunctionApp.Tests.Sources;

public sealed class VisibilityTests
{
    [Theory]
    [InlineData("\"hidden\":true")]
    [InlineData("\"removed\":true")]
    [InlineData("\"inActive\":true")]
    [InlineData("\"requesterViewOnly\":true")]
    [InlineData("\"requesterViewOnly\":true,\"requesterCanEdit\":false")]
    [InlineData("\"requesterViewOnly\":true,\"requesterCanEdit\":null")]
    [InlineData("\"hidden\":true,\"requesterCanEdit\":true")]
    [InlineData("\"hidden\":\"true\"")]
    [InlineData("\"hidden\":1")]
    [InlineData("\"removed\":\"1\"")]
    [InlineData("\"requesterViewOnly\":1")]
    [InlineData("\"hidden\":true,\"required\":true")]
    public void A_field_that_the_caller_may_not_fill_in_is_left_out(string members)
    {
        var form = MappedForm.OfField("TextFieldRest", members);
        Assert.Empty(form.Keys);
        Assert.Empty(form.Required);
        Assert.Empty(form.Schema.Note);
        Assert.Contains("'F'", Assert.Single(form.Notes.Details), StringComparison.Ordinal);
        Assert.Empty(form.Notes.Warnings);
    }

    [Theory]
    [InlineData("\"hidden\":false,\"removed\":false,\"inActive\":false,\"requesterViewOnly\":false")]
    [InlineData("\"hidden\":null,\"removed\":null,\"inActive\":null,\"requesterViewOnly\":null")]
    [InlineData("\"requesterViewOnly\":true,\"requesterCanEdit\":true")]
    [InlineData("\"requesterViewOnly\":false,\"requesterCanEdit\":false")]
    [InlineData("\"requesterCanEdit\":false")]
    [InlineData("\"hidden\":0,\"removed\":\"0\",\"inActive\":\"false\",\"requesterViewOnly\":\"perhaps\"")]
    [InlineData("\"requesterViewOnly\":1,\"requesterCanEdit\":\"1\"")]
    public void A_field_that_the_caller_may_fill_in_is_offered(string members) =>
        Assert.Equal(["f"], MappedForm.OfField("TextFieldRest", members).Keys);

    [Fact]
    public void A_mark_that_cannot_be_read_does_not_make_a_field_visible_and_nobody_is_told_of_it()
    {
        foreach (
            var (mark, value) in from mark in (string[])["hidden", "removed", "inActive"]
            from value in (string[])["2", "\"perhaps\"", "\"\"", "{}", "[true]", "\"\\ud800\""]
            select (mark, value)
        )
        {
            var form = MappedForm.Of($$"""{"name":"F","paramName":"f","{{mark}}":{{value}},"required":true},{"paramName":"g"}""");
            Assert.Equal(["g"], form.Keys);
            Assert.Empty(form.Schema.Note);
            Assert.Contains("'F'", Assert.Single(form.Notes.Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_hidden_field_takes_no_key_from_a_visible_one() =>
        Assert.Equal(["f"], MappedForm.Of("""{"paramName":"f","hidden":true},{"paramName":"f"}""").Keys);
}
