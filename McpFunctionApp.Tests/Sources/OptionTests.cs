namespace McpFunctionApp.Tests.Sources;

public sealed class OptionTests
{
    private static (string Label, string ValueJson)[] Read(string options) =>
        [
            .. Assert
                .Single(MappedForm.OfField("DropDownFieldRest", $"\"options\":[{options}]").Schema.Properties)
                .Options.Select(o => (o.Label, o.ValueJson)),
        ];

    [Theory]
    [InlineData("\"Low\"", "Low", "\"Low\"")]
    [InlineData("13", "13", "13")]
    [InlineData("1.50", "1.50", "1.50")]
    [InlineData("12345678901234567890123", "12345678901234567890123", "12345678901234567890123")]
    public void Options_may_be_strings_or_numbers(string option, string label, string value) =>
        Assert.Equal([(label, value)], Read(option));

    [Theory]
    [InlineData("""{"label":"L","name":"N","value":"V","id":"I"}""", "L")]
    [InlineData("""{"id":"I","value":"V","name":"N"}""", "N")]
    [InlineData("""{"id":"I","value":"V"}""", "V")]
    [InlineData("""{"id":"I"}""", "I")]
    [InlineData("""{"label":null,"name":"N"}""", "N")]
    [InlineData("""{"label":"","name":"N"}""", "N")]
    [InlineData("""{"label":" \u200b ","name":"N"}""", "N")]
    [InlineData("""{"label":{"de":"y","en":"x"},"name":"N"}""", "x")]
    [InlineData("""{"label":{},"name":"N"}""", "N")]
    [InlineData("""{"value":{"id":"1","name":"Europe"}}""", "Europe")]
    [InlineData("""{"id":13}""", "13")]
    public void The_first_present_of_label_name_value_id_is_shown(string option, string label) =>
        Assert.Equal([label], Read(option).Select(o => o.Label));

    [Theory]
    [InlineData("""{"label":"L","name":"N","value":"V","id":"I"}""", "\"V\"")]
    [InlineData("""{"label":"L","name":"N","id":"I"}""", "\"I\"")]
    [InlineData("""{"label":"L","name":"N"}""", "\"N\"")]
    [InlineData("""{"label":"L"}""", "\"L\"")]
    [InlineData("""{"label":"L","value":null,"id":13}""", "13")]
    [InlineData("""{"label":"Low","value":13}""", "13")]
    [InlineData("""{"label":"Low","value":"13"}""", "\"13\"")]
    [InlineData("""{"label":"Low","value":13.0}""", "13.0")]
    [InlineData("""{"label":"No","value":false}""", "false")]
    [InlineData("""{"label":"None","value":0}""", "0")]
    [InlineData("""{"label":"Big","value":9007199254740993}""", "9007199254740993")]
    [InlineData("""{"label":"Europe","value":{"id":"1"}}""", "{\"id\":\"1\"}")]
    [InlineData("""{"label":"Europe","value":{},"id":1}""", "1")]
    [InlineData("""{"label":"All","value":[1,2]}""", "[1,2]")]
    public void The_first_present_of_value_id_name_label_is_submitted_with_its_own_type(string option, string value) =>
        Assert.Equal([value], Read(option).Select(o => o.ValueJson));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"text":"x"}""")]
    [InlineData("""{"label":null,"name":"","value":[],"id":{}}""")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"\\u0000\"")]
    [InlineData("[\"x\"]")]
    [InlineData("[\"x\",\"y\",\"z\"]")]
    [InlineData("[\"\",null]")]
    [InlineData("\"\\ud800\"")]
    public void An_option_with_nothing_to_show_is_left_out(string option) =>
        Assert.Equal(["Low", "High"], Read($"\"Low\",{option},\"High\"").Select(o => o.Label));

    [Fact]
    public void Equal_labels_are_numbered_and_keep_their_own_values() =>
        Assert.Equal(
            [("Low", "1"), ("Low (2)", "2"), ("High", "3"), ("Low (3)", "4")],
            Read("""{"label":"Low","id":1},{"label":"Low","id":2},{"label":"High","id":3},{"label":"Low","id":4}""")
        );

    [Fact]
    public void A_label_that_looks_numbered_already_stays_unique() =>
        Assert.Equal(
            ["Low (2)", "Low", "Low (3)", "Low (2) (2)"],
            Read("""{"label":"Low (2)"},{"label":"Low"},{"label":"Low","id":3},{"label":"Low (2)","id":4}""").Select(o => o.Label)
        );

    [Fact]
    public void Labels_that_differ_in_case_are_different() =>
        Assert.Equal(["low", "Low"], Read("\"low\",\"Low\"").Select(o => o.Label));

    [Fact]
    public void A_label_is_one_line_of_bounded_length_and_its_value_is_untouched()
    {
        var value = JsonSerializer.Serialize(new string('x', 1_000));
        Assert.Equal([("a b", "\"a\\r\\nb\"")], Read("\"a\\r\\nb\""));
        var (label, submitted) = Assert.Single(Read(value));
        Assert.Equal(256, label.Length);
        Assert.Equal(value, submitted);
    }

    [Fact]
    public void Long_labels_with_the_same_beginning_stay_unique()
    {
        var options = Read($"\"{new string('x', 300)}a\",\"{new string('x', 300)}b\"");
        Assert.Equal(2, options.Select(o => o.Label).Distinct().Count());
    }

    [Theory]
    [InlineData("\"options\":\"Low\"")]
    [InlineData("\"options\":7")]
    [InlineData("\"options\":{}")]
    public void Options_that_are_no_list_are_none(string members) =>
        Assert.Equal("""{"type":"string","description":"F"}""", MappedForm.OfField("DropDownFieldRest", members).Only);

    [Fact]
    public void Pairs_are_value_and_label() =>
        Assert.Equal([("Low", "1"), ("Europe", "{\"id\":2}"), ("3", "3")], Read("""[1,"Low"],[{"id":2},"Europe"],[3,null]"""));

    [Fact]
    public void A_map_is_of_value_to_label() =>
        Assert.Equal(
            [("Open", "\"2\""), ("Closed", "\"3\"")],
            MappedForm
                .OfField(
                    "DropDownFieldRest",
                    """ "options":{"2":"Open","3":{"label":"Closed"},"4":{"label":"Old","inActive":1},"5":null} """
                )
                .Schema.Properties[0]
                .Options.Select(o => (o.Label, o.ValueJson))
        );

    [Theory]
    [InlineData("inActive", "true")]
    [InlineData("removed", "1")]
    [InlineData("hidden", "\"true\"")]
    [InlineData("disabled", "\"1\"")]
    [InlineData("disabled", "\"perhaps\"")]
    public void An_option_that_nobody_may_choose_is_left_out(string mark, string value) =>
        Assert.Equal(
            ["Low"],
            Read($$"""{"label":"Low","{{mark}}":false},{"label":"High","{{mark}}":{{value}}}""").Select(o => o.Label)
        );

    [Fact]
    public void Options_that_would_submit_the_same_are_one_that_answers_to_all_their_names()
    {
        var form = MappedForm.OfField(
            "DropDownFieldRest",
            """
            "options":[{"label":"Low","id":1},{"label":"Minor","id":1},{"label":"One","id":"1"},"a","\u0061"],
            "defaultValue":"Minor"
            """
        );
        Assert.Equal(
            [("Low", "1"), ("One", "\"1\""), ("a", "\"a\"")],
            form.Schema.Properties[0].Options.Select(o => (o.Label, o.ValueJson))
        );
        Assert.Equal("Low", form["f"].GetProperty("default").GetString());
    }
}
