using McpFunctionApp.Forms;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Arguments;

/// <summary>What clients and models send is read for what it plainly means.</summary>
public sealed class ArgumentConversionTests
{
    private static readonly FormSchema s_form = ReadArguments.Form(
        FormProperty.Plain("text", PropertyKind.Text, "A text.") with
        {
            Required = false,
        },
        FormProperty.Plain("number", PropertyKind.Number, "A number.") with
        {
            Required = false,
        },
        FormProperty.Plain("integer", PropertyKind.Integer, "A whole number.") with
        {
            Required = false,
        },
        FormProperty.Plain("flag", PropertyKind.Boolean, "A flag.") with
        {
            Required = false,
        },
        ReadArguments.WithOptions("Low=1", "High=3", "3=9")(
            FormProperty.Plain("choice", PropertyKind.Choice, "A choice.") with
            {
                Required = false,
            }
        ),
        ReadArguments.WithOptions("Audit", "Risk", "[odd]")(
            FormProperty.Plain("several", PropertyKind.Choices, "Choices.") with
            {
                Required = false,
            }
        ),
        FormProperty.Plain("texts", PropertyKind.Choices, "Texts.") with
        {
            Required = false,
        }
    );

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\" \\t\\n\\u00a0\"")]
    [InlineData("[]")]
    public void What_is_empty_is_left_out_of_every_optional_parameter_without_a_word(string empty) =>
        Assert.Equal(
            "{}",
            ReadArguments.Data(s_form, $$"""{{{string.Join(',', s_form.Properties.Select(p => $"\"{p.Key}\":{empty}"))}}}""")
        );

    [Fact]
    public void Sixty_five_optional_parameters_that_a_client_has_filled_with_null_are_left_out()
    {
        var form = MappedForm
            .Of(
                string.Join(
                    ',',
                    Enumerable
                        .Range(0, 65)
                        .Select(i => $$"""{"paramName":"f{{i}}","type":"DropDownFieldRest","options":["New","Old"]}""")
                )
            )
            .Schema;
        static string Member(int i) => i == 3 ? "\"f3\":\"Old\"" : $"\"f{i}\":{(i % 2 == 0 ? "null" : "\"\"")}";
        var arguments = $"{{{string.Join(',', Enumerable.Range(0, 65).Select(Member))}}}";
        Assert.Equal("""{"f3":"Old"}""", ReadArguments.Data(form, arguments));
    }

    [Theory]
    [InlineData("number", "\"3\"", "3")]
    [InlineData("number", "\" 3.0 \"", "3.0")]
    [InlineData("number", "\"-1e2\\n\"", "-1e2")]
    [InlineData("number", "\"12345678901234567890.123\"", "12345678901234567890.123")]
    [InlineData("integer", "\"42\"", "42")]
    [InlineData("integer", "\"2.0\"", "2.0")]
    [InlineData("text", "3", "\"3\"")]
    [InlineData("text", "1.50", "\"1.50\"")]
    [InlineData("text", "123456", "\"123456\"")]
    [InlineData("text", "true", "\"true\"")]
    [InlineData("text", "\"  kept \\n\"", "\"  kept \\n\"")]
    [InlineData("flag", "true", "true")]
    [InlineData("flag", "\"TRUE\"", "true")]
    [InlineData("flag", "\" false \"", "false")]
    [InlineData("several", "\"[\\\"Audit\\\"]\"", "[\"Audit\"]")]
    [InlineData("several", "\"Audit\"", "[\"Audit\"]")]
    [InlineData("several", "\"[odd]\"", "[\"[odd]\"]")]
    [InlineData("several", "[\"Audit\",\"Audit\"]", "[\"Audit\"]")]
    [InlineData("several", "[\"audit\",\"Risk\",\" AUDIT\"]", "[\"Audit\",\"Risk\"]")]
    [InlineData("several", "[null,\"\",\"Risk\"]", "[\"Risk\"]")]
    [InlineData("texts", "\"one\"", "[\"one\"]")]
    [InlineData("texts", "\"[\\\"one\\\",2]\"", "[\"one\",\"2\"]")]
    [InlineData("texts", "\"[no json\"", "[\"[no json\"]")]
    [InlineData("texts", "[1,\"a\",\"a\",true,null,\" \"]", "[\"1\",\"a\",\"true\"]")]
    [InlineData("texts", "7", "[\"7\"]")]
    public void A_value_of_another_type_is_converted_where_nothing_is_lost(string name, string given, string read) =>
        Assert.Equal($$"""{"{{name}}":{{read}}}""", ReadArguments.Data(s_form, $$"""{"{{name}}":{{given}}}"""));

    [Theory]
    [InlineData("number", "\"007\"", "'007'")]
    [InlineData("number", "\"+3\"", "'+3'")]
    [InlineData("number", "\"3 4\"", "'3 4'")]
    [InlineData("number", "\"1,5\"", "'1,5'")]
    [InlineData("number", "\"NaN\"", "'NaN'")]
    [InlineData("number", "\"1e400\"", "too large")]
    [InlineData("number", "true", "a truth value")]
    [InlineData("integer", "\"1.5\"", "must be a whole number")]
    [InlineData("flag", "1", "must be true or false")]
    [InlineData("flag", "\"yes\"", "must be true or false")]
    [InlineData("text", "[\"a\"]", "an array")]
    [InlineData("choice", "[\"Low\"]", "an array")]
    [InlineData("several", "{\"a\":1}", "an object")]
    public void Nothing_is_guessed(string name, string given, string said) =>
        Assert.Contains(
            said,
            Assert.Single(ReadArguments.Problems(s_form, $$"""{"{{name}}":{{given}}}""")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("\"High\"", "High")]
    [InlineData("\" High \"", "High")]
    [InlineData("\"High\\n\"", "High")]
    [InlineData("\"HIGH\"", "High")]
    [InlineData("3", "3")]
    [InlineData("\"3\"", "3")]
    [InlineData("1", "Low")]
    [InlineData("\" 1 \"", "Low")]
    [InlineData("1.0", "Low")]
    [InlineData("9", "3")]
    public void An_option_is_found_by_its_label_then_nearly_then_by_its_value(string given, string label) =>
        Assert.Equal($$"""{"choice":"{{label}}"}""", ReadArguments.Data(s_form, $$"""{"choice":{{given}}}"""));

    [Fact]
    public void Arguments_that_clients_add_are_ignored_unless_the_form_has_them()
    {
        const string Added =
            """{"wait_for_previous":true,"toolCallId":"1","tool_call_id":"2","task_progress":"- [ ] """
            + """x","sessionId":"3","chatInput":"4","action":"5"}""";
        Assert.Equal("{}", ReadArguments.Data(s_form, Added));
        Assert.Equal(
            """{"action":"5"}""",
            ReadArguments.Data(ReadArguments.Form(FormProperty.Plain("action", PropertyKind.Text, "What to do.")), Added)
        );
    }

    [Theory]
    [InlineData(PropertyKind.Text, "\"\"")]
    [InlineData(PropertyKind.Text, "\" \\n\"")]
    [InlineData(PropertyKind.Number, "\"\"")]
    [InlineData(PropertyKind.Boolean, "\" \"")]
    [InlineData(PropertyKind.Date, "\"\"")]
    [InlineData(PropertyKind.Choices, "[]")]
    [InlineData(PropertyKind.Choices, "[\"\",null]")]
    [InlineData(PropertyKind.Choices, "\"[]\"")]
    public void A_required_one_that_is_empty_is_told_and_nothing_is_suggested(PropertyKind kind, string empty)
    {
        var line = Assert.Single(
            ReadArguments.Problems(
                ReadArguments.Form(kind, property => property with { Required = true }),
                $$"""{"f":{{empty}}}"""
            )
        );
        Assert.StartsWith("f: is required and empty. Expected: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Nearest", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"-- None --\"")]
    [InlineData("\"\"")]
    public void A_choice_that_stands_for_nothing_does_not_fill_a_required_field(string given)
    {
        var required = ReadArguments.Form(
            PropertyKind.Choice,
            property => ReadArguments.WithOptions("-- None --=\"\"", "Low=1")(property) with { Required = true }
        );
        Assert.Equal(
            ["f: is required and empty. Expected: one of: -- None --, Low."],
            ReadArguments.Problems(required, $$"""{"f":{{given}}}""")
        );
        var several = ReadArguments.Form(
            PropertyKind.Choices,
            property => ReadArguments.WithOptions("-- None --=\"\"", "Low=1")(property) with { Required = true }
        );
        Assert.StartsWith(
            "f: is required and empty.",
            Assert.Single(ReadArguments.Problems(several, $$"""{"f":[{{given}}]}""")),
            StringComparison.Ordinal
        );
        Assert.Equal("""{"f":["Low"]}""", ReadArguments.Data(several, $$"""{"f":[{{given}},"Low"]}"""));
    }

    [Fact]
    public void A_choice_that_stands_for_nothing_can_be_made_where_none_is_required() =>
        Assert.Equal(
            """{"f":"-- None --"}""",
            ReadArguments.Data(
                ReadArguments.Form(PropertyKind.Choice, ReadArguments.WithOptions("-- None --=\"\"", "Low=1")),
                """{"f":"-- None --"}"""
            )
        );
}
