using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Sources;

public sealed class BadFieldTests
{
    // What still makes a field unreadable that has a name.
    private static readonly string s_tooMany = $"\"options\":[{string.Join(',', Enumerable.Repeat("1", 200_001))}]";

    private static MappedForm Beside(string bad) => MappedForm.Of($$"""{"paramName":"first"},{{bad}},{"paramName":"last"}""");

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"subject\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"TextFieldRest\"}")]
    [InlineData("{\"paramName\":\"\",\"name\":\" \"}")]
    [InlineData("{\"paramName\":{},\"name\":[]}")]
    [InlineData("{\"paramName\":\"\\ud800\"}")]
    public void One_bad_field_is_left_out_with_a_warning_and_never_fails_the_others(string bad)
    {
        var form = Beside(bad);
        Assert.Equal(["first", "last"], form.Keys);
        Assert.Single(form.Notes.Warnings);
    }

    [Theory]
    [InlineData("{\"name\":\"Cost centre\",\"hidden\":7}", "Cost centre")]
    [InlineData("{\"paramName\":\"cost\",\"groupIds\":7}", "cost")]
    [InlineData("7", "field 2")]
    [InlineData("{\"type\":\"TextFieldRest\"}", "field 2")]
    public void The_warning_names_the_field(string bad, string name) =>
        Assert.Contains($"'{name}'", Assert.Single(Beside(bad).Notes.Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"required\":true")]
    [InlineData("\"requesterRequired\":true")]
    public void A_required_bad_field_is_named_in_the_tools_description(string mark)
    {
        var form = Beside($$"""{"name":"Cost centre",{{s_tooMany}},{{mark}}}""");
        Assert.Contains("requires", form.Schema.Note, StringComparison.Ordinal);
        Assert.Contains("Cost centre", form.Schema.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"required\":true,\"hidden\":true")]
    [InlineData(",\"required\":true,\"removed\":true")]
    [InlineData(",\"required\":true,\"requesterViewOnly\":true")]
    [InlineData(",\"required\":true,\"groupIds\":[1]")]
    public void A_bad_field_that_is_optional_or_may_be_secret_is_not_named_to_the_caller(string members) =>
        Assert.Empty(Beside($$"""{"name":"Cost centre",{{s_tooMany}}{{members}}}""").Schema.Note);

    [Fact]
    public void The_name_in_the_tools_description_is_plain_text()
    {
        var form = Beside(
            $$"""{"name":"<script>alert(1)</script>Cost\u0000\u202e &lt;b&gt;centre",{{s_tooMany}},"required":true}"""
        );
        Assert.Contains(": Cost centre;", form.Schema.Note, StringComparison.Ordinal);
        DescriptionSafety.Check(form.Schema.Note, 2_000);
    }

    [Fact]
    public void Only_some_of_very_many_bad_fields_are_named()
    {
        var form = MappedForm.Of(
            string.Join(
                ',',
                Enumerable
                    .Range(0, 10_000)
                    .Select(i => $$"""{"name":"Bad {{new string('x', 100)}} {{i}}","hidden":7,"required":true}""")
            )
        );
        Assert.Empty(form.Schema.Note);
        Assert.InRange(form.Notes.Warnings.Count, 1, 60);
    }
}
