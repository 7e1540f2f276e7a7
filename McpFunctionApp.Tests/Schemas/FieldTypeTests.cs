namespace McpFunctionApp.Tests.Schemas;

public sealed class FieldTypeTests
{
    [Theory]
    [InlineData("TextFieldRest")]
    [InlineData("TextAreaFieldRest")]
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
            MappedForm.OfField("DropDownFieldRest", """ "options":["Low","High"] """).Only);

    [Theory]
    [InlineData("MultiSelectDropDownFieldRest")]
    [InlineData("CheckBoxFieldRest")]
    public void Multiple_choices_become_an_array_of_strings_with_the_options_as_enum_of_its_items(string type) =>
        Assert.Equal(
            """{"type":"array","description":"F","items":{"type":"string","enum":["Low","High"]}}""",
            MappedForm.OfField(type, """ "options":["Low","High"] """).Only);

    [Theory]
    [InlineData("MultiSelectDropDownFieldRest", "")]
    [InlineData("CheckBoxFieldRest", """ "options":[] """)]
    [InlineData("CheckBoxFieldRest", """ "options":null """)]
    public void An_array_without_options_still_has_items(string type, string members) =>
        Assert.Equal("""{"type":"array","description":"F","items":{"type":"string"}}""", MappedForm.OfField(type, members).Only);

    [Theory]
    [InlineData("")]
    [InlineData(""" "options":[] """)]
    [InlineData(""" "options":[{},"",null,[]] """)]
    public void A_drop_down_without_a_usable_option_has_no_empty_enum(string members) =>
        Assert.Equal("""{"type":"string","description":"F"}""", MappedForm.OfField("DropDownFieldRest", members).Only);

    [Theory]
    [InlineData("TextFieldRest")]
    [InlineData("NumberFieldRest")]
    public void Options_of_types_that_offer_no_choice_are_ignored(string type) =>
        Assert.DoesNotContain("enum", MappedForm.OfField(type, """ "options":["a","b"] """).Only, StringComparison.Ordinal);

    [Fact]
    public void Members_that_are_not_known_are_ignored() =>
        Assert.Equal(
            """{"type":"string","description":"F"}""",
            MappedForm.OfField("TextFieldRest", """ "id":7,"format":"email","$ref":"#/x","oneOf":[{"type":"null"}],"regex":{"a":[1,{"b":null}]} """).Only);
}
