using McpFunctionApp.Arguments;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Arguments;

/// <summary>What is said of arguments that cannot be read, all of it at once.</summary>
public sealed class ArgumentReaderTests
{
    private const string Form = """
        {"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true,"minLength":2,"maxLength":4},
        {"name":"Priority","paramName":"priority","type":"DropDownFieldRest","required":true,"options":["low","medium","high"]},
        {"name":"Cost","paramName":"cost","type":"NumberFieldRest","minLength":1,"maxLength":10.5},
        {"name":"Tags","paramName":"tags","type":"CheckBoxFieldRest","options":["red","green","blue"]},
        {"name":"Notes","paramName":"notes","type":"CheckBoxFieldRest"}
        """;

    private static IReadOnlyList<ArgumentProblem> Problems(string arguments, string form = Form) =>
        ReadArguments.Of(form, arguments).Problems.Told;

    private static string[] Lines(string arguments, string form = Form) =>
        [.. Problems(arguments, form).Select(p => p.ToString())];

    /// <summary>What is said of one argument beside the two required ones, which are right.</summary>
    private static string[] Beside(string argument) =>
        Lines(
            $$"""{{{argument}}"""
                + $$"""{{(argument.Contains("\"subject\"", StringComparison.Ordinal) ? "" : ",\"subject\":\"abc\"")}}"""
                + $$"""{{(argument.Contains("\"priority\"", StringComparison.Ordinal) ? "" : ",\"priority\":\"low\"")}}}"""
        );

    [Theory]
    [InlineData("""{"subject":"abc","priority":"low"}""")]
    [InlineData("""{"subject":"abcd","priority":"high","cost":1,"tags":[],"notes":["anything",""]}""")]
    [InlineData("""{"subject":123,"priority":" HIGH\n","cost":"5","tags":"[\"red\"]","notes":"one"}""")]
    [InlineData("""{"notes":[],"tags":["blue","red","red"],"cost":10.5,"priority":"medium","subject":"ab"}""")]
    public void Right_arguments_have_no_problem(string arguments) => Assert.Empty(Problems(arguments));

    [Fact]
    public void All_problems_come_at_once_in_the_forms_order_then_the_unknown_names() =>
        Assert.Equal(
            ["subject", "priority", "cost", "tags[1]", "tags[2]", "notes", "colour"],
            Problems("""{"colour":1,"notes":{},"tags":["red",7,"x"],"cost":0,"priority":"critical"}""").Select(p => p.Parameter)
        );

    [Fact]
    public void A_message_is_as_in_the_design() =>
        Assert.Equal(
            ["priority: 'critical' is not one of: low, medium, high. Nearest: high."],
            Beside("\"priority\":\"critical\"")
        );

    [Fact]
    public void A_missing_required_argument_is_told_with_what_is_expected() =>
        Assert.Equal(
            [
                "subject: is required and missing. Expected: a text.",
                "priority: is required and missing. Expected: one of: low, medium, high.",
            ],
            Lines("{}")
        );

    [Theory]
    [InlineData("\"subject\":[\"abc\"]", "subject: must be a text, but is an array.")]
    [InlineData("\"subject\":{}", "subject: must be a text, but is an object.")]
    [InlineData("\"priority\":[\"low\"]", "priority: must be a text, but is an array. Expected: one of: low, medium, high.")]
    [InlineData("\"cost\":\"five\"", "cost: must be a number, but is a text: 'five'.")]
    [InlineData("\"cost\":true", "cost: must be a number, but is a truth value.")]
    [InlineData(
        "\"tags\":{}",
        "tags: must be an array of texts, but is an object. Expected: an array with any of: red, green, blue."
    )]
    [InlineData("\"notes\":{}", "notes: must be an array of texts, but is an object. Expected: an array of texts.")]
    [InlineData("\"notes\":[\"a\",[5]]", "notes[1]: must be a text, but is an array.")]
    [InlineData("\"tags\":[{}]", "tags[0]: must be a text, but is an object. Expected: an array with any of: red, green, blue.")]
    public void A_value_of_the_wrong_type_is_told(string argument, string expected) => Assert.Equal([expected], Beside(argument));

    [Theory]
    [InlineData("a", "subject: has 1 characters, but needs at least 2.")]
    [InlineData("", "subject: is required and empty. Expected: a text.")]
    [InlineData(" \t\n\u00a0", "subject: is required and empty. Expected: a text.")]
    [InlineData("abcde", "subject: has 5 characters, but may have at most 4.")]
    [InlineData("🙂", "subject: has 1 characters, but needs at least 2.")]
    [InlineData("🙂🙂🙂🙂🙂", "subject: has 5 characters, but may have at most 4.")]
    public void Lengths_are_checked_in_code_points(string text, string expected) =>
        Assert.Equal([expected], Beside($"\"subject\":{JsonSerializer.Serialize(text)}"));

    [Theory]
    [InlineData("🙂🙂")]
    [InlineData("🙂🙂🙂🙂")]
    public void A_character_outside_the_basic_plane_counts_once(string text) =>
        Assert.Empty(Beside($"\"subject\":{JsonSerializer.Serialize(text)}"));

    [Theory]
    [InlineData("0.99", "cost: is 0.99, but must be at least 1.")]
    [InlineData("-1e308", "cost: is -1e308, but must be at least 1.")]
    [InlineData("10.51", "cost: is 10.51, but must be at most 10.5.")]
    [InlineData("1e400", "cost: is a number too large to handle.")]
    [InlineData("-1e400", "cost: is a number too large to handle.")]
    public void A_number_outside_its_limits_is_told(string number, string expected) =>
        Assert.Equal([expected], Beside($"\"cost\":{number}"));

    [Theory]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("1e1")]
    [InlineData("10.50")]
    public void A_number_at_its_limits_is_right(string number) => Assert.Empty(Beside($"\"cost\":{number}"));

    [Theory]
    [InlineData("hihg", "high")]
    [InlineData(" hihg ", "high")]
    [InlineData("mediums", "medium")]
    public void A_text_that_is_no_option_is_quoted_as_it_was_written_and_the_nearest_is_named(string text, string nearest)
    {
        var problem = Assert.Single(Problems($$"""{"subject":"abc","priority":"{{text}}"}"""));
        Assert.Equal(nearest, problem.Nearest[0]);
        Assert.Contains($"'{text}'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_entry_of_a_multiple_choice_is_told_by_its_place() =>
        Assert.Equal(
            [
                "tags[0]: 'rad' is not one of: red, green, blue. Nearest: red.",
                "tags[2]: 'greem' is not one of: red, green, blue. Nearest: green.",
            ],
            Beside("\"tags\":[\"rad\",\"blue\",\"greem\"]")
        );

    [Theory]
    [InlineData("subjct", "subjct: MORE Nearest: subject.")]
    [InlineData("Subject", "Subject: MORE Nearest: subject.")]
    [InlineData("zzzzzz", "zzzzzz: MORE")]
    [InlineData("__proto__", "__proto__: MORE")]
    [InlineData("a\nb", "a\\nb: MORE")]
    public void An_unknown_argument_is_told_with_the_nearest_that_exists_and_with_what_to_do(string name, string expected) =>
        Assert.Equal(
            [
                expected.Replace(
                    "MORE",
                    "is not a parameter of this tool. If it was one, the form may have changed: list the tools again.",
                    StringComparison.Ordinal
                ),
            ],
            Beside($"{JsonSerializer.Serialize(name)}:1")
        );

    [Fact]
    public void What_a_caller_wrote_is_quoted_on_one_line_and_shortened()
    {
        var line = Assert.Single(Beside($"\"priority\":{JsonSerializer.Serialize("x\r\n\u001b[31m" + new string('y', 10_000))}"));
        Assert.DoesNotContain(line, char.IsControl);
        Assert.InRange(line.Length, 1, 300);
    }

    [Fact]
    public void A_long_list_of_options_is_cut_and_counted()
    {
        var line = Assert.Single(
            Lines("""{"f":"Option 9999"}""", $$"""{"paramName":"f","type":"DropDownFieldRest",{{MappedForm.Options(1_500)}}}""")
        );
        Assert.Contains("Option 20, ... (1,500 in all).", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Option 21,", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DropDownFieldRest", "\"Option 299\"", "\"Option 301\"")]
    [InlineData("CheckBoxFieldRest", "[\"Option 1\",\"Option 300\"]", "[\"Option 301\"]")]
    public void Options_that_the_schema_cannot_list_are_checked_all_the_same(string type, string right, string wrong)
    {
        var form = $$"""{"paramName":"f","type":"{{type}}",{{MappedForm.Options(300)}}}""";
        Assert.Empty(Lines($$"""{"f":{{right}}}""", form));
        var problem = Assert.Single(Problems($$"""{"f":{{wrong}}}""", form));
        Assert.Equal("Option 30", problem.Nearest[0]);
    }

    [Fact]
    public void Only_as_much_is_compared_for_very_many_wrong_values_as_will_be_told()
    {
        var form = $$"""{"paramName":"f","type":"CheckBoxFieldRest",{{MappedForm.Options(20_000)}}}""";
        var wrong = $$"""{"f":[{{string.Join(',', Enumerable.Range(1, 20_000).Select(i => $"\"Optoin {i}\""))}}]}""";
        var problems = ReadArguments.Of(form, wrong).Problems;
        Assert.Equal((20_000, 50), (problems.Count, problems.Told.Count));
        Assert.Equal("Option 1", problems.Told[0].Nearest[0]);
        Assert.All(problems.Told.Skip(5), problem => Assert.Empty(problem.Nearest));
        Assert.InRange(problems.ToReply().Text.Length, 1, 50_000);
        Assert.Equal(0, ReadArguments.Of(form, wrong.Replace("Optoin", "Option", StringComparison.Ordinal)).Problems.Count);
    }

    [Fact]
    public void Very_many_problems_are_counted_and_the_first_fifty_told()
    {
        var problems = ReadArguments
            .Of(
                Form,
                $$"""{"subject":"abc","priority":"low","""
                    + $$"""{{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"subject{i}\":1"))}}}"""
            )
            .Problems;
        Assert.Equal(10_000, problems.Count);
        var reply = problems.ToReply();
        Assert.Equal(51, reply.Text.Split('\n').Length);
        Assert.EndsWith("... and 9950 more.", reply.Text, StringComparison.Ordinal);
        Assert.Equal(50, reply.Details!["problems"]!.AsArray().Count);
    }

    [Fact]
    public void The_same_is_in_meta_as_in_the_text()
    {
        var reply = ReadArguments.Of(Form, """{"subject":"abc","priority":"critical","cost":true}""").Problems.ToReply();
        Assert.Equal("invalid_arguments", reply.ErrorCode);
        Assert.Null(reply.Structured);
        Assert.Equal(
            "priority: 'critical' is not one of: low, medium, high. Nearest: high.\ncost: must be a number, but is a truth "
                + "value.",
            reply.Text
        );
        Assert.Equal(
            """{"problems":[{"parameter":"priority","message":"'critical' is not one of: low, medium, """
                + """high.","nearest":["high"]},{"parameter":"cost","message":"must be a number, but is a truth value."}]}""",
            System.Text.RegularExpressions.Regex.Unescape(reply.Details!.ToJsonString())
        );
    }

    private const string Twice = """
        {"paramName":"a","type":"TextFieldRest"},{"paramName":"a","type":"TextFieldRest"},{"paramName":"b","type":"TextFieldRest"}
        """;

    [Fact]
    public void Two_values_for_one_key_of_the_form_are_a_conflict()
    {
        var problem = Assert.Single(Problems("""{"a":"x","a_2":"y","b":"z"}""", Twice));
        Assert.Equal("a_2", problem.Parameter);
        Assert.Contains("a and a_2", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":"x"}""")]
    [InlineData("""{"a_2":"x"}""")]
    [InlineData("""{"a":"x","a_2":"x","b":"y"}""")]
    public void One_value_for_a_key_or_the_same_twice_is_none(string arguments) => Assert.Empty(Problems(arguments, Twice));

    [Fact]
    public void Equal_labels_that_stand_for_different_values_are_a_conflict()
    {
        const string Form = """
            {"paramName":"a","type":"DropDownFieldRest","options":[{"label":"Low","value":1}]},{"paramName":"a",
            "type":"DropDownFieldRest","options":[{"label":"Low","value":2}]}
            """;
        Assert.Equal("a_2", Assert.Single(Problems("""{"a":"Low","a_2":"Low"}""", Form)).Parameter);
    }
}
