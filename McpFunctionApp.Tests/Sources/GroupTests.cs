namespace McpFunctionApp.Tests.Sources;

public sealed class GroupTests
{
    private static MappedForm Map(string groupIds, string[]? groups) =>
        MappedForm.Of($$"""{"paramName":"f","name":"F","required":true,"groupIds":{{groupIds}}}""", groups);

    [Theory]
    [InlineData("[1,2]", "3")]
    [InlineData("[\"a\"]", "A")]
    [InlineData("[1]", "11")]
    public void A_field_for_other_groups_is_left_out(string groupIds, string group)
    {
        var form = Map(groupIds, [group]);
        Assert.Empty(form.Keys);
        Assert.Empty(form.Schema.Note);
        Assert.Contains("'F'", Assert.Single(form.Notes.Details), StringComparison.Ordinal);
    }

    [Fact]
    public void A_caller_known_to_be_in_no_group_gets_no_restricted_field() => Assert.Empty(Map("[1]", []).Keys);

    [Theory]
    [InlineData("[1,2]", "2")]
    [InlineData("[\"2\"]", "2")]
    [InlineData("[\"IT staff\",7]", "IT staff")]
    public void One_group_in_common_is_enough_and_numbers_compare_as_strings(string groupIds, string group) =>
        Assert.Equal(["f"], Map(groupIds, ["other", group]).Keys);

    [Fact]
    public void Where_the_callers_groups_are_not_known_no_field_is_left_out_for_them() =>
        Assert.Equal(["f"], Map("[1,2]", null).Keys);

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    public void A_field_without_groups_is_for_everybody(string groupIds) => Assert.Equal(["f"], Map(groupIds, ["9"]).Keys);

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("{\"id\":1}")]
    [InlineData("[{\"id\":1}]")]
    [InlineData("[null]")]
    [InlineData("[1,[2]]")]
    public void Groups_that_cannot_be_read_do_not_become_no_restriction(string groupIds)
    {
        var form = Map(groupIds, ["1"]);
        Assert.Empty(form.Keys);

        // Its name is not told either: the caller may be one of those who must not see it.
        Assert.Empty(form.Schema.Note);
        Assert.Contains("'F'", Assert.Single(form.Notes.Warnings), StringComparison.Ordinal);
    }
}
