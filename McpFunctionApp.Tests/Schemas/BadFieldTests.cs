namespace McpFunctionApp.Tests.Schemas;

public sealed class BadFieldTests
{
    private static MappedForm Beside(string bad) => MappedForm.Of($$"""{"paramName":"first"},{{bad}},{"paramName":"last"}""");

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"subject\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"TextFieldRest\"}")]
    [InlineData("{\"paramName\":\"\",\"name\":\" \"}")]
    [InlineData("{\"paramName\":7}")]
    [InlineData("{\"paramName\":\"x\",\"name\":[]}")]
    [InlineData("{\"paramName\":\"x\",\"type\":7}")]
    [InlineData("{\"paramName\":\"x\",\"description\":{}}")]
    [InlineData("{\"paramName\":\"x\",\"required\":\"perhaps\"}")]
    [InlineData("{\"paramName\":\"x\",\"options\":\"a\"}")]
    [InlineData("{\"paramName\":\"\\ud800\"}")]
    [InlineData("{\"paramName\":\"x\",\"name\":\"\\udc00\"}")]
    [InlineData("{\"paramName\":\"x\",\"description\":\"\\ud800\"}")]
    [InlineData("{\"paramName\":\"x\",\"options\":[\"\\ud800\"]}")]
    [InlineData("{\"paramName\":\"x\",\"options\":[{\"label\":\"a\",\"value\":\"\\ud800\"}]}")]
    [InlineData("{\"paramName\":\"x\",\"groupIds\":[\"\\ud800\"]}")]
    [InlineData("{\"paramName\":\"x\",\"hidden\":\"\\ud800\"}")]
    public void One_bad_field_is_left_out_with_a_warning_and_never_fails_the_others(string bad)
    {
        var form = Beside(bad);
        Assert.Equal(["first", "last"], form.Keys);
        Assert.Single(form.Notes.Warnings);
    }

    [Theory]
    [InlineData("{\"name\":\"Cost centre\",\"type\":7}", "Cost centre")]
    [InlineData("{\"paramName\":\"cost\",\"type\":7}", "cost")]
    [InlineData("7", "field 2")]
    [InlineData("{\"name\":\"\\ud800\",\"paramName\":\"cost\"}", "cost")]
    public void The_warning_names_the_field(string bad, string name) =>
        Assert.Contains($"'{name}'", Assert.Single(Beside(bad).Notes.Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"required\":true")]
    [InlineData("\"requesterRequired\":true")]
    public void A_required_bad_field_is_named_in_the_tools_description(string mark)
    {
        var form = Beside($$"""{"name":"Cost centre","type":7,{{mark}}}""");
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
        Assert.Empty(Beside($$"""{"name":"Cost centre","type":7{{members}}}""").Schema.Note);

    [Fact]
    public void The_name_in_the_tools_description_is_plain_text()
    {
        var form = Beside("""{"name":"<script>alert(1)</script>Cost\u0000\u202e &lt;b&gt;centre","type":7,"required":true}""");
        Assert.Contains(": Cost centre;", form.Schema.Note, StringComparison.Ordinal);
        SchemaSafety.CheckDescription(form.Schema.Note, 2_000);
    }

    [Fact]
    public void Only_some_of_very_many_bad_fields_are_named()
    {
        var form = MappedForm.Of(string.Join(',', Enumerable.Range(0, 10_000).Select(i => $$"""{"name":"Bad {{new string('x', 100)}} {{i}}","type":7,"required":true}""")));
        Assert.InRange(form.Schema.Note.Length, 1, 2_000);
        Assert.InRange(form.Notes.Warnings.Count, 1, 60);
    }
}
