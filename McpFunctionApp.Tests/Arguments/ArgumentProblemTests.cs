using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Arguments;

/// <summary>How a problem is told: what was written is quoted, the nearest is named, and what is long is cut.</summary>
public sealed class ArgumentProblemTests
{
    [Theory]
    [InlineData("hihg", "high")]
    [InlineData(" hihg ", "high")]
    [InlineData("mediums", "medium")]
    public void A_text_that_is_no_option_is_quoted_as_it_was_written_and_the_nearest_is_named(string text, string nearest)
    {
        var problem = Assert.Single(RequestForm.Problems($$"""{"subject":"abc","priority":"{{text}}"}"""));
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
            RequestForm.Beside("\"tags\":[\"rad\",\"blue\",\"greem\"]")
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
            RequestForm.Beside($"{JsonSerializer.Serialize(name)}:1")
        );

    [Fact]
    public void What_a_caller_wrote_is_quoted_on_one_line_and_shortened()
    {
        var line = Assert.Single(
            RequestForm.Beside($"\"priority\":{JsonSerializer.Serialize("x\r\n\u001b[31m" + new string('y', 10_000))}")
        );
        Assert.DoesNotContain(line, char.IsControl);
        Assert.InRange(line.Length, 1, 300);
    }

    [Fact]
    public void A_long_list_of_options_is_cut_and_counted()
    {
        var line = Assert.Single(
            RequestForm.Lines(
                """{"f":"Option 9999"}""",
                $$"""{"paramName":"f","type":"DropDownFieldRest",{{MappedForm.Options(1_500)}}}"""
            )
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
        Assert.Empty(RequestForm.Lines($$"""{"f":{{right}}}""", form));
        var problem = Assert.Single(RequestForm.Problems($$"""{"f":{{wrong}}}""", form));
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
                RequestForm.Fields,
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
        var reply = ReadArguments
            .Of(RequestForm.Fields, """{"subject":"abc","priority":"critical","cost":true}""")
            .Problems.ToReply();
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
}
