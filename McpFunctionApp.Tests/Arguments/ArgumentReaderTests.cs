namespace McpFunctionApp.Tests.Arguments;

/// <summary>What is said of arguments that cannot be read, all of it at once.</summary>
public sealed class ArgumentReaderTests
{
    [Theory]
    [InlineData("""{"subject":"abc","priority":"low"}""")]
    [InlineData("""{"subject":"abcd","priority":"high","cost":1,"tags":[],"notes":["anything",""]}""")]
    [InlineData("""{"subject":123,"priority":" HIGH\n","cost":"5","tags":"[\"red\"]","notes":"one"}""")]
    [InlineData("""{"notes":[],"tags":["blue","red","red"],"cost":10.5,"priority":"medium","subject":"ab"}""")]
    public void Right_arguments_have_no_problem(string arguments) => Assert.Empty(RequestForm.Problems(arguments));

    [Fact]
    public void All_problems_come_at_once_in_the_forms_order_then_the_unknown_names() =>
        Assert.Equal(
            ["subject", "priority", "cost", "tags[1]", "tags[2]", "notes", "colour"],
            RequestForm
                .Problems("""{"colour":1,"notes":{},"tags":["red",7,"x"],"cost":0,"priority":"critical"}""")
                .Select(p => p.Parameter)
        );

    [Fact]
    public void A_message_is_as_in_the_design() =>
        Assert.Equal(
            ["priority: 'critical' is not one of: low, medium, high. Nearest: high."],
            RequestForm.Beside("\"priority\":\"critical\"")
        );

    [Fact]
    public void A_missing_required_argument_is_told_with_what_is_expected() =>
        Assert.Equal(
            [
                "subject: is required and missing. Expected: a text.",
                "priority: is required and missing. Expected: one of: low, medium, high.",
            ],
            RequestForm.Lines("{}")
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
    public void A_value_of_the_wrong_type_is_told(string argument, string expected) =>
        Assert.Equal([expected], RequestForm.Beside(argument));

    [Theory]
    [InlineData("a", "subject: has 1 characters, but needs at least 2.")]
    [InlineData("", "subject: is required and empty. Expected: a text.")]
    [InlineData(" \t\n\u00a0", "subject: is required and empty. Expected: a text.")]
    [InlineData("abcde", "subject: has 5 characters, but may have at most 4.")]
    [InlineData("🙂", "subject: has 1 characters, but needs at least 2.")]
    [InlineData("🙂🙂🙂🙂🙂", "subject: has 5 characters, but may have at most 4.")]
    public void Lengths_are_checked_in_code_points(string text, string expected) =>
        Assert.Equal([expected], RequestForm.Beside($"\"subject\":{JsonSerializer.Serialize(text)}"));

    [Theory]
    [InlineData("🙂🙂")]
    [InlineData("🙂🙂🙂🙂")]
    public void A_character_outside_the_basic_plane_counts_once(string text) =>
        Assert.Empty(RequestForm.Beside($"\"subject\":{JsonSerializer.Serialize(text)}"));

    [Theory]
    [InlineData("0.99", "cost: is 0.99, but must be at least 1.")]
    [InlineData("-1e308", "cost: is -1e308, but must be at least 1.")]
    [InlineData("10.51", "cost: is 10.51, but must be at most 10.5.")]
    [InlineData("1e400", "cost: is a number too large to handle.")]
    [InlineData("-1e400", "cost: is a number too large to handle.")]
    public void A_number_outside_its_limits_is_told(string number, string expected) =>
        Assert.Equal([expected], RequestForm.Beside($"\"cost\":{number}"));

    [Theory]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("1e1")]
    [InlineData("10.50")]
    public void A_number_at_its_limits_is_right(string number) => Assert.Empty(RequestForm.Beside($"\"cost\":{number}"));
}
