using System.Text;
using McpFunctionApp.Submissions;
using McpFunctionApp.Tests.Arguments;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Submissions;

public sealed class SubmissionBodyTests
{
    private static string Write(string fields, string arguments)
    {
        var (filled, problems) = ReadArguments.Of(fields, arguments);
        Assert.True(problems.Count == 0, string.Join(" | ", problems.Told));
        return Encoding.UTF8.GetString(SubmissionBody.Write(filled).Span);
    }

    [Fact]
    public void One_flat_object_of_the_forms_own_keys_in_the_forms_order() =>
        Assert.Equal(
            """{"cf.asset-tag":"A1","Größe":"M","__proto__":"p","n":1}""",
            Write(
                """
                {"paramName":"cf.asset-tag"},{"paramName":"Größe"},{"paramName":"__proto__"},{"name":"n",
                "type":"NumberFieldRest"},{"paramName":"unused"}
                """,
                """{"n":1,"field_proto":"p","Gr_e":"M","cf_asset_tag":"A1"}"""
            )
        );

    [Fact]
    public void Keys_that_collide_go_back_to_their_own_fields() =>
        Assert.Equal(
            """{"a.b":"1","a-b":"2"}""",
            Write("""{"paramName":"a.b"},{"paramName":"a-b"}""", """{"a_b":"1","a_b_2":"2"}""")
        );

    [Theory]
    [InlineData("""{"label":"Low","value":13}""", "13")]
    [InlineData("""{"label":"Low","value":"13"}""", "\"13\"")]
    [InlineData("""{"label":"Low","value":false}""", "false")]
    [InlineData("""{"label":"Low","value":1.50}""", "1.50")]
    [InlineData("""{"label":"Low","id":9007199254740993}""", "9007199254740993")]
    [InlineData("""{"name":"Low","value":null,"id":7}""", "7")]
    [InlineData("\"Low\"", "\"Low\"")]
    public void An_options_value_keeps_its_JSON_type(string option, string value)
    {
        Assert.Equal(
            $$"""{"f":{{value}}}""",
            Write(
                $$"""{"paramName":"f","type":"DropDownFieldRest","options":[{"label":"x","value":"y"},{{option}}]}""",
                """{"f":"Low"}"""
            )
        );
        Assert.Equal(
            $$"""{"f":[{{value}}]}""",
            Write(
                $$"""{"paramName":"f","type":"CheckBoxFieldRest","options":[{"label":"x","value":"y"},{{option}}]}""",
                """{"f":["Low"]}"""
            )
        );
    }

    [Fact]
    public void Multiple_choices_are_an_array_in_the_callers_order() =>
        Assert.Equal(
            """{"f":[3,"b",1],"h":["x","y"]}""",
            Write(
                """
                {"paramName":"f","type":"MultiSelectDropDownFieldRest","options":[{"name":"A","id":1},{"name":"B","id":"b"},
                {"name":"C","id":3}]},
                {"paramName":"g","type":"CheckBoxFieldRest","options":["x"]},{"paramName":"h","type":"CheckBoxFieldRest"}
                """,
                """{"f":["C","B","A"],"g":[],"h":["x","y"]}"""
            )
        );

    [Fact]
    public void Equal_labels_keep_their_own_values() =>
        Assert.Equal(
            """{"f":2}""",
            Write(
                """{"paramName":"f","type":"DropDownFieldRest","options":[{"name":"Low","id":1},{"name":"Low","id":2}]}""",
                """{"f":"Low (2)"}"""
            )
        );

    [Fact]
    public void An_option_that_the_schema_does_not_list_is_submitted_with_its_value()
    {
        var options = string.Join(',', Enumerable.Range(1, 1_000).Select(i => $$"""{"name":"Option {{i}}","id":{{i}}}"""));
        Assert.Equal(
            """{"f":999}""",
            Write($$"""{"paramName":"f","type":"DropDownFieldRest","options":[{{options}}]}""", """{"f":"Option 999"}""")
        );
    }

    [Fact]
    public void A_label_that_was_cleaned_and_cut_is_submitted_whole()
    {
        var value = JsonSerializer.Serialize($"a\r\n<b>{new string('x', 1_000)}\u0000");
        var label = MappedForm.OfField("DropDownFieldRest", $"\"options\":[{value}]").Schema.Properties[0].Options[0].Label;
        Assert.Equal(
            $$"""{"f":{{value}}}""",
            Write(
                $$"""{"paramName":"f","type":"DropDownFieldRest","options":[{{value}}]}""",
                $$"""{"f":{{JsonSerializer.Serialize(label)}}}"""
            )
        );
    }

    [Theory]
    [InlineData("1.50")]
    [InlineData("12345678901234567890.123")]
    [InlineData("1e2")]
    [InlineData("-0")]
    public void A_number_is_not_rounded(string number) =>
        Assert.Equal($$"""{"f":{{number}}}""", Write("""{"paramName":"f","type":"NumberFieldRest"}""", $$"""{"f":{{number}}}"""));

    [Theory]
    [InlineData("  kept  ")]
    [InlineData("quotes \" ' and \\ and </script>")]
    [InlineData("line\r\nbreak\tand \u0000")]
    [InlineData("Größe 日本語 🙂")]
    public void A_text_arrives_as_it_was_written(string text)
    {
        var body = Write("""{"paramName":"f"}""", $$"""{"f":{{JsonSerializer.Serialize(text)}}}""");
        Assert.Equal(text, JsonElement.Parse(body).GetProperty("f").GetString());
    }

    [Fact]
    public void One_key_for_two_fields_is_written_once()
    {
        Assert.Equal("""{"a":"x"}""", Write("""{"paramName":"a"},{"paramName":"a"}""", """{"a":"x","a_2":"x"}"""));
        Assert.Equal("""{"a":"x"}""", Write("""{"paramName":"a"},{"paramName":"a"}""", """{"a_2":"x"}"""));
    }

    [Fact]
    public void Without_arguments_the_object_is_empty() => Assert.Equal("{}", Write("""{"paramName":"f"}""", "{}"));

    [Fact]
    public void Very_many_choices_are_all_written()
    {
        var labels = string.Join(',', Enumerable.Range(1, 20_000).Select(i => $"\"Option {i}\""));
        var form = $$"""{"paramName":"f","type":"CheckBoxFieldRest","options":[{{labels}}]}""";
        Assert.Equal($$"""{"f":[{{labels}}]}""", Write(form, $$"""{"f":[{{labels}}]}"""));
    }
}
