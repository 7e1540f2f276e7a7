namespace McpFunctionApp.Tests.Arguments;

/// <summary>Two parameters that stand for one key of the form.</summary>
public sealed class ArgumentConflictTests
{
    private const string Twice = """
        {"paramName":"a","type":"TextFieldRest"},{"paramName":"a","type":"TextFieldRest"},{"paramName":"b","type":"TextFieldRest"}
        """;

    [Fact]
    public void Two_values_for_one_key_of_the_form_are_a_conflict()
    {
        var problem = Assert.Single(RequestForm.Problems("""{"a":"x","a_2":"y","b":"z"}""", Twice));
        Assert.Equal("a_2", problem.Parameter);
        Assert.Contains("a and a_2", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":"x"}""")]
    [InlineData("""{"a_2":"x"}""")]
    [InlineData("""{"a":"x","a_2":"x","b":"y"}""")]
    public void One_value_for_a_key_or_the_same_twice_is_none(string arguments) =>
        Assert.Empty(RequestForm.Problems(arguments, Twice));

    [Fact]
    public void Equal_labels_that_stand_for_different_values_are_a_conflict()
    {
        const string Form = """
            {"paramName":"a","type":"DropDownFieldRest","options":[{"label":"Low","value":1}]},{"paramName":"a",
            "type":"DropDownFieldRest","options":[{"label":"Low","value":2}]}
            """;
        Assert.Equal("a_2", Assert.Single(RequestForm.Problems("""{"a":"Low","a_2":"Low"}""", Form)).Parameter);
    }
}
