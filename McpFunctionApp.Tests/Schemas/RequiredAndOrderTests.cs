namespace McpFunctionApp.Tests.Schemas;

public sealed class RequiredAndOrderTests
{
    [Theory]
    [InlineData("\"required\":true")]
    [InlineData("\"requesterRequired\":true")]
    [InlineData("\"required\":false,\"requesterRequired\":true")]
    [InlineData("\"required\":true,\"requesterRequired\":false")]
    [InlineData("\"required\":\"true\"")]
    public void Either_mark_makes_a_field_required(string members) => Assert.Equal(["f"], MappedForm.OfField("TextFieldRest", members).Required);

    [Theory]
    [InlineData("")]
    [InlineData("\"required\":false,\"requesterRequired\":false")]
    [InlineData("\"required\":null")]
    public void Without_a_mark_the_schema_has_no_list_of_required_fields(string members) =>
        Assert.False(MappedForm.OfField("TextFieldRest", members).Schema.InputSchema.TryGetProperty("required", out _));

    [Fact]
    public void Fields_and_options_keep_the_forms_order()
    {
        var form = MappedForm.Of("""
            {"paramName":"z","required":true},{"paramName":"a","type":"DropDownFieldRest","options":["z","a","m"]},{"paramName":"m","required":true}
            """);
        Assert.Equal(["z", "a", "m"], form.Keys);
        Assert.Equal(["z", "m"], form.Required);
        Assert.Equal("""["z","a","m"]""", form["a"].GetProperty("enum").GetRawText());
    }

    [Fact]
    public void The_same_form_gives_the_same_bytes()
    {
        const string Fields = """
            {"name":"Größe 日本語","type":"NumberFieldRest","minLength":0.1,"maxLength":1e21,"defaultValue":0.30000000000000004},
            {"paramName":"a","type":"CheckBoxFieldRest","options":["x","x",{"id":7}],"defaultValue":[7,"x"]},{"paramName":"a","description":"<b>q</b>\"'"}
            """;
        Assert.Equal(MappedForm.Of(Fields).Json, MappedForm.Of(Fields).Json);
        Assert.Equal(MappedForm.Of(Fields).Json, MappedForm.Of(Fields.Replace(",", " ,\n ", StringComparison.Ordinal)).Json);
    }

    [Fact]
    public void The_whole_schema_is_as_in_the_design() =>
        Assert.Equal(
            """{"type":"object","properties":{"subject":{"type":"string","description":"Subject: \"What\" it's about & why","minLength":1,"maxLength":80},"priority":{"type":"string","description":"Priority","enum":["Low","High"],"default":"High"},"tags":{"type":"array","description":"Tags","items":{"type":"string","enum":["a","b"]},"default":["b"]},"cost":{"type":"number","description":"Cost","minimum":1,"maximum":10,"default":2.5}},"required":["subject","cost"],"additionalProperties":false}""",
            MappedForm.Of("""
                {"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true,"description":"\"What\" it's about &amp; why","minLength":1,"maxLength":80},
                {"name":"Priority","paramName":"priority","type":"DropDownFieldRest","options":[{"id":1,"name":"Low"},{"id":2,"name":"High"}],"defaultValue":2},
                {"name":"Tags","paramName":"tags","type":"CheckBoxFieldRest","options":["a","b"],"defaultValue":"b"},
                {"name":"Cost","paramName":"cost","type":"NumberFieldRest","requesterRequired":true,"minLength":1,"maxLength":10,"defaultValue":2.5}
                """).Json);
}
