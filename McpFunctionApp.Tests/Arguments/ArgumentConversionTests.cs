using McpFunctionApp.Forms;

namespace McpFunctionApp.Tests.Arguments;

/// <summary>What clients and models send is read for what it plainly means.</summary>
public sealed class ArgumentConversionTests
{
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
        Assert.Equal($$"""{"{{name}}":{{read}}}""", ReadArguments.Data(ReadArguments.AllKinds, $$"""{"{{name}}":{{given}}}"""));

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
            Assert.Single(ReadArguments.Problems(ReadArguments.AllKinds, $$"""{"{{name}}":{{given}}}""")),
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
        Assert.Equal($$"""{"choice":"{{label}}"}""", ReadArguments.Data(ReadArguments.AllKinds, $$"""{"choice":{{given}}}"""));

    [Fact]
    public void Arguments_that_clients_add_are_ignored_unless_the_form_has_them()
    {
        const string Added =
            """{"wait_for_previous":true,"toolCallId":"1","tool_call_id":"2","task_progress":"- [ ] """
            + """x","sessionId":"3","chatInput":"4","action":"5"}""";
        Assert.Equal("{}", ReadArguments.Data(ReadArguments.AllKinds, Added));
        Assert.Equal(
            """{"action":"5"}""",
            ReadArguments.Data(ReadArguments.Form(FormProperty.Plain("action", PropertyKind.Text, "What to do.")), Added)
        );
    }
}
