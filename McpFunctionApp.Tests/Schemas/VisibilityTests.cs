namespace McpFunctionApp.Tests.Schemas;

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
    public void A_field_that_the_caller_may_fill_in_is_offered(string members) =>
        Assert.Equal(["f"], MappedForm.OfField("TextFieldRest", members).Keys);

    [Theory]
    [InlineData("hidden")]
    [InlineData("removed")]
    [InlineData("inActive")]
    [InlineData("requesterViewOnly")]
    public void A_mark_that_cannot_be_read_does_not_make_a_field_visible(string mark)
    {
        var form = MappedForm.OfField("TextFieldRest", $"\"{mark}\":1,\"required\":true");
        Assert.Empty(form.Keys);
        Assert.Empty(form.Schema.Note);
        Assert.Contains("'F'", Assert.Single(form.Notes.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hidden_field_takes_no_key_from_a_visible_one() =>
        Assert.Equal(["f"], MappedForm.Of("""{"paramName":"f","hidden":true},{"paramName":"f"}""").Keys);
}
