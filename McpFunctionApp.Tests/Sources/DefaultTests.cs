namespace McpFunctionApp.Tests.Sources;

public sealed class DefaultTests
{
    private const string Priorities =
        """ "options":[{"id":1,"label":"Low","value":"l"},{"id":2,"label":"High","value":"h"},"""
        + """{"id":3,"label":"1","value":"one"}] """;

    private static string? Default(string type, string members, string given)
    {
        var form = MappedForm.OfField(type, $""" {members}{(members.Length > 0 ? "," : "")}"defaultValue":{given} """);
        return form["f"].TryGetProperty("default", out var value) ? value.GetRawText() : null;
    }

    [Theory]
    [InlineData("\"Low\"", "\"Low\"")]
    [InlineData("\"l\"", "\"Low\"")]
    [InlineData("2", "\"High\"")]
    [InlineData("\"2\"", "\"High\"")]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("{\"id\":1}", "\"Low\"")]
    [InlineData("{\"label\":\"High\",\"value\":\"h\"}", "\"High\"")]
    public void The_default_of_a_choice_may_be_a_label_a_value_or_an_id_and_is_shown_as_the_label(
        string given,
        string expected
    ) => Assert.Equal(expected, Default("DropDownFieldRest", Priorities, given));

    [Theory]
    [InlineData("[\"Low\",2]", "[\"Low\",\"High\"]")]
    [InlineData("[\"l\",\"Low\",\"l\"]", "[\"Low\"]")]
    [InlineData("\"h\"", "[\"High\"]")]
    [InlineData("2", "[\"High\"]")]
    public void The_default_of_multiple_choices_is_a_list_of_labels(string given, string expected) =>
        Assert.Equal(expected, Default("MultiSelectDropDownFieldRest", Priorities, given));

    [Theory]
    [InlineData("TextFieldRest", "", "\"Hello\"", "\"Hello\"")]
    [InlineData("TextFieldRest", "\"minLength\":5,\"maxLength\":5", "\"Hello\"", "\"Hello\"")]
    [InlineData("TextFieldRest", "\"maxLength\":3", "\"🙂🙂🙂\"", "\"🙂🙂🙂\"")]
    [InlineData("NumberFieldRest", "", "0.1", "0.1")]
    [InlineData("NumberFieldRest", "", "-3", "-3")]
    [InlineData("NumberFieldRest", "", "\" 5.50 \"", "5.5")]
    [InlineData("NumberFieldRest", "\"attributes\":{\"allowDecimal\":false}", "\"5\"", "5")]
    [InlineData("BooleanFieldRest", "", "1", "true")]
    [InlineData("DateFieldRest", "", "\"2028-02-29\"", "\"2028-02-29\"")]
    [InlineData(
        "DateFieldRest",
        "\"attributes\":{\"allowTime\":true}",
        "\"2026-11-25T14:30:00+01:00\"",
        "\"2026-11-25T14:30:00+01:00\""
    )]
    [InlineData("DateFieldRest", "\"attributes\":{\"allowTime\":true}", "\"2026-11-25T14:30Z\"", "\"2026-11-25T14:30Z\"")]
    [InlineData("NumberFieldRest", "\"minLength\":5,\"maxLength\":5", "5", "5")]
    [InlineData("CheckBoxFieldRest", "", "[\"a\",1,true]", "[\"a\",\"1\",\"true\"]")]
    public void A_valid_default_is_kept(string type, string members, string given, string expected) =>
        Assert.Equal(expected, System.Text.RegularExpressions.Regex.Unescape(Default(type, members, given)!));

    [Theory]
    [InlineData("TextFieldRest", "", "5")]
    [InlineData("TextFieldRest", "", "true")]
    [InlineData("TextFieldRest", "", "{\"a\":1}")]
    [InlineData("TextFieldRest", "", "[\"a\"]")]
    [InlineData("TextFieldRest", "\"minLength\":6", "\"Hello\"")]
    [InlineData("TextFieldRest", "\"maxLength\":4", "\"Hello\"")]
    [InlineData("TextFieldRest", "", "\"\\ud800\"")]
    [InlineData("NumberFieldRest", "", "\"007\"")]
    [InlineData("NumberFieldRest", "", "\"1e400\"")]
    [InlineData("NumberFieldRest", "\"attributes\":{\"allowDecimal\":false}", "1.5")]
    [InlineData("NumberFieldRest", "", "1e400")]
    [InlineData("NumberFieldRest", "", "false")]
    [InlineData("NumberFieldRest", "", "[5]")]
    [InlineData("NumberFieldRest", "", "\"\\udc00\"")]
    [InlineData("NumberFieldRest", "\"minLength\":6", "5")]
    [InlineData("NumberFieldRest", "\"maxLength\":4", "5")]
    [InlineData("DropDownFieldRest", Priorities, "\"low\"")]
    [InlineData("DropDownFieldRest", Priorities, "\"Medium\"")]
    [InlineData("DropDownFieldRest", Priorities, "9")]
    [InlineData("DropDownFieldRest", Priorities, "[\"Low\"]")]
    [InlineData("DropDownFieldRest", Priorities, "{\"id\":9}")]
    [InlineData("DateFieldRest", "", "\"2026-02-30\"")]
    [InlineData("DateFieldRest", "", "\"25.11.2026\"")]
    [InlineData("DateFieldRest", "\"attributes\":{\"allowTime\":true}", "\"2026-11-25T14:30:00\"")]
    [InlineData("BooleanFieldRest", "", "\"perhaps\"")]
    [InlineData("DropDownFieldRest", Priorities, "\"\\ud800\"")]
    [InlineData("MultiSelectDropDownFieldRest", Priorities, "[\"Low\",\"Medium\"]")]
    [InlineData("MultiSelectDropDownFieldRest", Priorities, "[null]")]
    [InlineData("MultiSelectDropDownFieldRest", Priorities, "[[\"Low\"]]")]
    [InlineData("MultiSelectDropDownFieldRest", Priorities, "[\"Low\",\"\\ud800\"]")]
    [InlineData("CheckBoxFieldRest", "", "{\"a\":1}")]
    [InlineData("CheckBoxFieldRest", "", "[\"\\ud800\"]")]
    public void A_default_that_is_not_valid_is_dropped_with_a_debug_note(string type, string members, string given)
    {
        var form = MappedForm.Of(
            $$"""{"name":"F","paramName":"f","type":"{{type}}"{{(members.Length > 0 ? "," : "")}}{{members}}"""
                + $$""","defaultValue":{{given}}},{"paramName":"other"}"""
        );
        Assert.Equal(["f", "other"], form.Keys);
        Assert.False(form["f"].TryGetProperty("default", out _));
        Assert.Contains("'F'", Assert.Single(form.Notes.Details), StringComparison.Ordinal);
        Assert.Empty(form.Notes.Warnings);
    }

    [Theory]
    [InlineData("TextFieldRest", "null")]
    [InlineData("TextFieldRest", "\"\"")]
    [InlineData("NumberFieldRest", "\"\"")]
    [InlineData("DropDownFieldRest", "\"\"")]
    [InlineData("CheckBoxFieldRest", "[]")]
    public void An_empty_default_is_no_default_and_worth_no_note(string type, string given)
    {
        var form = MappedForm.OfField(type, $"\"defaultValue\":{given}");
        Assert.False(form["f"].TryGetProperty("default", out _));
        Assert.Empty(form.Notes.Details);
    }

    [Theory]
    [InlineData("TextFieldRest")]
    [InlineData("CheckBoxFieldRest")]
    public void An_enormous_default_is_dropped_and_its_field_stays(string type)
    {
        var given = JsonSerializer.Serialize(
            type == "TextFieldRest" ? new string('x', 100_000) : (object)Enumerable.Range(0, 20_000).Select(i => $"entry {i}")
        );
        var form = MappedForm.Of(
            $$"""{"name":"F","paramName":"f","type":"{{type}}","defaultValue":{{given}}},{"paramName":"other"}"""
        );
        Assert.Equal(["f", "other"], form.Keys);
        Assert.False(form["f"].TryGetProperty("default", out _));
    }

    [Fact]
    public void The_default_of_a_choice_with_too_many_options_to_list_is_still_shown()
    {
        var form = MappedForm.OfField("DropDownFieldRest", $"{MappedForm.Options(300)},\"defaultValue\":\"Option 299\"");
        Assert.Equal("Option 299", form["f"].GetProperty("default").GetString());
    }
}
