namespace McpFunctionApp.Tests.Sources;

public sealed class FieldTypeTests
{
    [Theory]
    [InlineData("TextFieldRest")]
    [InlineData("TextAreaFieldRest")]
    [InlineData("TextInputFieldRest")]
    [InlineData("RichTextAreaFieldRest")]
    [InlineData("AttachmentFieldRest")]
    [InlineData("SystemFieldRest")]
    [InlineData("APIFieldRest")]
    [InlineData("DisplayFieldRest")]
    [InlineData("SomethingNewRest")]
    [InlineData("textfieldrest")]
    [InlineData("")]
    public void Text_types_and_unknown_types_become_a_string(string type) =>
        Assert.Equal("""{"type":"string","description":"F"}""", MappedForm.OfField(type).Only);

    [Theory]
    [InlineData("""{"paramName":"f","name":"F"}""")]
    [InlineData("""{"paramName":"f","name":"F","type":null}""")]
    public void A_field_without_a_type_becomes_a_string(string field) =>
        Assert.Equal("""{"type":"string","description":"F"}""", MappedForm.Of(field).Only);

    [Fact]
    public void A_number_field_becomes_a_number() =>
        Assert.Equal("""{"type":"number","description":"F"}""", MappedForm.OfField("NumberFieldRest").Only);

    [Fact]
    public void A_drop_down_becomes_a_string_with_its_options_as_enum() =>
        Assert.Equal(
            """{"type":"string","description":"F","enum":["Low","High"]}""",
            MappedForm.OfField("DropDownFieldRest", """ "options":["Low","High"] """).Only
        );

    [Theory]
    [InlineData("MultiSelectDropDownFieldRest")]
    [InlineData("CheckBoxFieldRest")]
    public void Multiple_choices_become_an_array_of_strings_with_the_options_as_enum_of_its_items(string type) =>
        Assert.Equal(
            """{"type":"array","description":"F","items":{"type":"string","enum":["Low","High"]},"uniqueItems":true}""",
            MappedForm.OfField(type, """ "options":["Low","High"] """).Only
        );

    [Theory]
    [InlineData("MultiSelectDropDownFieldRest", "")]
    [InlineData("CheckBoxFieldRest", """ "options":[] """)]
    [InlineData("CheckBoxFieldRest", """ "options":null """)]
    public void An_array_without_options_still_has_items(string type, string members) =>
        Assert.Equal(
            """{"type":"array","description":"F","items":{"type":"string"},"uniqueItems":true}""",
            MappedForm.OfField(type, members).Only
        );

    [Theory]
    [InlineData("")]
    [InlineData(""" "options":[] """)]
    [InlineData(""" "options":[{},"",null,[]] """)]
    public void A_drop_down_without_a_usable_option_has_no_empty_enum(string members) =>
        Assert.Equal("""{"type":"string","description":"F"}""", MappedForm.OfField("DropDownFieldRest", members).Only);

    [Theory]
    [InlineData("TextFieldRest")]
    [InlineData("NumberFieldRest")]
    [InlineData("DateFieldRest")]
    [InlineData("SystemFieldRest")]
    [InlineData("SomethingNewRest")]
    public void Options_are_enforced_whatever_the_type(string type)
    {
        var form = MappedForm.OfField(type, """ "options":["a",7] """);
        Assert.Equal("""{"type":"string","description":"F","enum":["a","7"]}""", form.Only);
        Assert.Equal(["\"a\"", "7"], form.Schema.Properties[0].Options.Select(option => option.ValueJson));
    }

    [Theory]
    [InlineData("", "Date", "(a date such as 2026-11-25)")]
    [InlineData(""" "attributes":{"allowTime":false} """, "Date", "(a date such as 2026-11-25)")]
    [InlineData(""" "attributes":{"allowTime":"perhaps"} """, "Date", "(a date such as 2026-11-25)")]
    [InlineData(""" "attributes":[] """, "Date", "(a date such as 2026-11-25)")]
    [InlineData(""" "attributes":{"allowTime":1} """, "DateTime", "(a time such as 2026-11-25T14:30:00Z, with Z or an offset)")]
    public void A_date_is_a_string_whose_description_says_its_form(string members, string kind, string note)
    {
        var form = MappedForm.OfField("DateFieldRest", members);
        Assert.Equal(kind, form.Schema.Properties[0].Kind.ToString());
        Assert.Equal($$"""{"type":"string","description":"F {{note}}"}""", form.Only);
    }

    [Theory]
    [InlineData("", """{"type":"boolean","description":"F"}""")]
    [InlineData(""" "defaultValue":"1" """, """{"type":"boolean","description":"F","default":true}""")]
    [InlineData(""" "defaultValue":false """, """{"type":"boolean","description":"F","default":false}""")]
    [InlineData(
        """ "options":[{"label":"Yes","value":"Y"},{"label":"No","value":"N"}] """,
        """{"type":"boolean","description":"F"}"""
    )]
    [InlineData(""" "options":["Maybe","No"] """, """{"type":"string","description":"F","enum":["Maybe","No"]}""")]
    public void A_boolean_is_one_unless_its_options_are_something_else(string members, string expected) =>
        Assert.Equal(expected, MappedForm.OfField("BooleanFieldRest", members).Only);

    [Fact]
    public void The_options_of_a_boolean_keep_what_the_form_is_sent() =>
        Assert.Equal(
            [("true", "\"Y\""), ("false", "\"N\"")],
            MappedForm
                .OfField("BooleanFieldRest", """ "options":[{"label":"No","value":"N"},{"label":"Yes","value":"Y"}] """)
                .Schema.Properties[0]
                .Options.Select(option => (option.Label, option.ValueJson))
        );

    [Theory]
    [InlineData("", "number")]
    [InlineData(""" "attributes":{"allowDecimal":true} """, "number")]
    [InlineData(""" "attributes":{"allowDecimal":"perhaps"} """, "number")]
    [InlineData(""" "attributes":{"allowDecimal":false} """, "integer")]
    [InlineData(""" "attributes":{"allowDecimal":"0"} """, "integer")]
    public void A_number_without_decimals_is_an_integer(string members, string type) =>
        Assert.Equal($$"""{"type":"{{type}}","description":"F"}""", MappedForm.OfField("NumberFieldRest", members).Only);

    [Fact]
    public void Limits_of_an_integer_are_whole() =>
        Assert.Equal(
            """{"type":"integer","description":"F","minimum":2,"maximum":9}""",
            MappedForm
                .OfField("NumberFieldRest", """ "attributes":{"allowDecimal":false},"minLength":1.5,"maxLength":9.5 """)
                .Only
        );

    [Fact]
    public void Members_that_are_not_known_are_ignored() =>
        Assert.Equal(
            """{"type":"string","description":"F"}""",
            MappedForm
                .OfField("TextFieldRest", """ "id":7,"$ref":"#/x","oneOf":[{"type":"null"}],"regex":{"a":[1,{"b":null}]} """)
                .Only
        );
}
