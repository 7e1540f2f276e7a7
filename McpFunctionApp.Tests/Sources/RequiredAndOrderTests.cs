namespace McpFunctionApp.Tests.Sources;

public sealed class RequiredAndOrderTests
{
    [Theory]
    [InlineData("\"required\":true")]
    [InlineData("\"requesterRequired\":true")]
    [InlineData("\"required\":false,\"requesterRequired\":true")]
    [InlineData("\"required\":true,\"requesterRequired\":false")]
    [InlineData("\"required\":\"true\"")]
    [InlineData("\"required\":1")]
    [InlineData("\"required\":\"1\"")]
    [InlineData("\"required\":\"perhaps\"")]
    [InlineData("\"required\":{}")]
    [InlineData("\"requesterRequired\":[]")]
    public void Either_mark_makes_a_field_required(string members) =>
        Assert.Equal(["f"], MappedForm.OfField("TextFieldRest", members).Required);

    [Theory]
    [InlineData("")]
    [InlineData("\"required\":false,\"requesterRequired\":false")]
    [InlineData("\"required\":null")]
    [InlineData("\"required\":0")]
    [InlineData("\"required\":\"0\"")]
    [InlineData("\"required\":\"false\"")]
    public void Without_a_mark_the_schema_has_no_list_of_required_fields(string members) =>
        Assert.False(MappedForm.OfField("TextFieldRest", members).Schema.InputSchema.TryGetProperty("required", out _));

    [Theory]
    [InlineData("TextFieldRest", "", """{"type":"string","description":"F","minLength":1}""")]
    [InlineData("TextFieldRest", ",\"minLength\":5", """{"type":"string","description":"F","minLength":5}""")]
    [InlineData(
        "CheckBoxFieldRest",
        "",
        """{"type":"array","description":"F","items":{"type":"string"},"uniqueItems":true,"minItems":1}"""
    )]
    [InlineData("BooleanFieldRest", "", """{"type":"boolean","description":"F"}""")]
    [InlineData("NumberFieldRest", "", """{"type":"number","description":"F"}""")]
    public void A_required_text_or_list_is_not_empty(string type, string members, string expected)
    {
        var form = MappedForm.OfField(type, $"\"required\":true{members}");
        Assert.Equal(expected, form.Only);
        Assert.Equal(["f"], form.Required);
    }

    [Theory]
    [InlineData("TextFieldRest", "\"x\"")]
    [InlineData("NumberFieldRest", "\"5\"")]
    [InlineData("BooleanFieldRest", "false")]
    [InlineData("CheckBoxFieldRest", "[\"x\"]")]
    public void A_required_field_with_a_default_need_not_be_given(string type, string given)
    {
        var form = MappedForm.OfField(type, $"\"required\":true,\"defaultValue\":{given}");
        Assert.Empty(form.Required);
        Assert.True(form["f"].TryGetProperty("default", out _));
        Assert.False(form["f"].TryGetProperty("minLength", out _) || form["f"].TryGetProperty("minItems", out _));
    }

    [Fact]
    public void A_default_that_is_dropped_leaves_its_field_required() =>
        Assert.Equal(["f"], MappedForm.OfField("NumberFieldRest", "\"required\":true,\"defaultValue\":\"many\"").Required);

    [Fact]
    public void An_option_that_submits_nothing_does_not_fill_a_required_field()
    {
        const string Options = """ "options":[{"label":"-- None --","value":""},{"label":"Low","value":1}] """;
        Assert.Equal(
            """["Low"]""",
            MappedForm
                .OfField("DropDownFieldRest", $"{Options},\"required\":true,\"defaultValue\":\"\"")["f"]
                .GetProperty("enum")
                .GetRawText()
        );
        Assert.Equal(
            """["-- None --","Low"]""",
            MappedForm.OfField("DropDownFieldRest", Options)["f"].GetProperty("enum").GetRawText()
        );
    }

    [Fact]
    public void Fields_and_options_keep_the_forms_order()
    {
        var form = MappedForm.Of(
            """
            {"paramName":"z","required":true},{"paramName":"a","type":"DropDownFieldRest","options":["z","a","m"]},
            {"paramName":"m","required":true}
            """
        );
        Assert.Equal(["z", "a", "m"], form.Keys);
        Assert.Equal(["z", "m"], form.Required);
        Assert.Equal("""["z","a","m"]""", form["a"].GetProperty("enum").GetRawText());
    }

    [Fact]
    public void The_same_form_gives_the_same_bytes()
    {
        const string Fields = """
            {"name":"Größe 日本語","type":"NumberFieldRest","minLength":0.1,"maxLength":1e21,"defaultValue":0.30000000000000004},
            {"paramName":"a","type":"CheckBoxFieldRest","options":["x","x",{"id":7}],"defaultValue":[7,"x"]},{"paramName":"a",
            "description":"<b>q</b>\"'"}
            """;
        Assert.Equal(MappedForm.Of(Fields).Json, MappedForm.Of(Fields).Json);
        Assert.Equal(MappedForm.Of(Fields).Json, MappedForm.Of(Fields.Replace(",", " ,\n ", StringComparison.Ordinal)).Json);
    }

    [Fact]
    public void The_whole_schema_is_as_in_the_design() =>
        Assert.Equal(
            """{"type":"object","properties":{"subject":{"type":"string","description":"Subject: \"What\" it's about & """
                + """why","minLength":1,"maxLength":80},"priority":{"type":"string","description":"Priority","enum":"""
                + """["Low","High"]"""
                + ""","default":"High"},"tags":{"type":"array","description":"Tags","items":{"type":"string","enum":["a","b"]}"""
                + ""","uniqueItems":true,"default":["b"]}"""
                + ""","cost":{"type":"number","description":"Cost","minimum":1,"maximum":10,"default":2.5}},"required":"""
                + """["subject"]"""
                + ""","additionalProperties":false}""",
            MappedForm
                .Of(
                    """
                    {"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true,
                    "description":"\"What\" it's about &amp; why","minLength":1,"maxLength":80},
                    {"name":"Priority","paramName":"priority","type":"DropDownFieldRest","options":[{"id":1,"name":"Low"},
                    {"id":2,"name":"High"}],"defaultValue":2},
                    {"name":"Tags","paramName":"tags","type":"CheckBoxFieldRest","options":["a","b"],"defaultValue":"b"},
                    {"name":"Cost","paramName":"cost","type":"NumberFieldRest","requesterRequired":true,"minLength":1,
                    "maxLength":10,"defaultValue":2.5}
                    """
                )
                .Json
        );
}
