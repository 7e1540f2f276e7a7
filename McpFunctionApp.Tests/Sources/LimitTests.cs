namespace McpFunctionApp.Tests.Sources;

public sealed class LimitTests
{
    [Theory]
    [InlineData("TextFieldRest")]
    [InlineData("TextAreaFieldRest")]
    [InlineData("RichTextAreaFieldRest")]
    [InlineData("SomethingNewRest")]
    public void Limits_of_text_are_lengths(string type) =>
        Assert.Equal(
            """{"type":"string","description":"F","minLength":2,"maxLength":50}""",
            MappedForm.OfField(type, """ "minLength":2,"maxLength":50 """).Only
        );

    [Fact]
    public void Limits_of_a_number_are_its_smallest_and_largest_value() =>
        Assert.Equal(
            """{"type":"number","description":"F","minimum":0.5,"maximum":99.5}""",
            MappedForm.OfField("NumberFieldRest", """ "minLength":0.5,"maxLength":99.5 """).Only
        );

    [Theory]
    [InlineData("TextFieldRest", "0")]
    [InlineData("TextFieldRest", "-1")]
    [InlineData("TextFieldRest", "null")]
    [InlineData("TextFieldRest", "\"12\"")]
    [InlineData("TextFieldRest", "1e400")]
    [InlineData("TextFieldRest", "{}")]
    [InlineData("NumberFieldRest", "0")]
    [InlineData("NumberFieldRest", "-5")]
    [InlineData("NumberFieldRest", "null")]
    [InlineData("NumberFieldRest", "1e400")]
    [InlineData("NumberFieldRest", "true")]
    public void A_limit_that_is_no_number_above_zero_is_no_limit(string type, string limit)
    {
        var property = MappedForm.OfField(type, $""" "minLength":{limit},"maxLength":{limit} """).Only;
        Assert.DoesNotContain("min", property, StringComparison.Ordinal);
        Assert.DoesNotContain("max", property, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TextFieldRest", "10", "5")]
    [InlineData("NumberFieldRest", "10", "5")]
    [InlineData("NumberFieldRest", "1e300", "1e-300")]
    [InlineData("TextFieldRest", "1e300", "3")]
    public void Limits_that_contradict_each_other_are_ignored_with_a_warning(string type, string min, string max)
    {
        var form = MappedForm.OfField(type, $""" "minLength":{min},"maxLength":{max} """);
        Assert.DoesNotContain("min", form.Only, StringComparison.Ordinal);
        Assert.DoesNotContain("max", form.Only, StringComparison.Ordinal);
        Assert.Contains("'F'", Assert.Single(form.Notes.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_limits_do_not_contradict_each_other() =>
        Assert.Contains(
            """ "minLength":5,"maxLength":5 """.Trim(),
            MappedForm.OfField("TextFieldRest", """ "minLength":5,"maxLength":5 """).Only,
            StringComparison.Ordinal
        );

    [Fact]
    public void Lengths_are_written_as_whole_numbers_that_the_form_would_accept() =>
        Assert.Equal(
            """{"type":"string","description":"F","minLength":3,"maxLength":7}""",
            MappedForm.OfField("TextFieldRest", """ "minLength":2.5,"maxLength":7.9 """).Only
        );

    [Theory]
    [InlineData("DropDownFieldRest", """ "options":["Low"], """)]
    [InlineData("MultiSelectDropDownFieldRest", """ "options":["Low"], """)]
    [InlineData("CheckBoxFieldRest", "")]
    public void Choices_have_no_limits(string type, string options)
    {
        var property = MappedForm.OfField(type, $""" {options}"minLength":2,"maxLength":3 """).Only;
        Assert.DoesNotContain("min", property, StringComparison.Ordinal);
        Assert.DoesNotContain("max", property, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"minLength\":2", """{"type":"string","description":"F","minLength":2}""")]
    [InlineData("\"maxLength\":2", """{"type":"string","description":"F","maxLength":2}""")]
    [InlineData("\"maxLength\":1e300", """{"type":"string","description":"F"}""")]
    public void Each_limit_stands_alone(string members, string expected) =>
        Assert.Equal(expected, MappedForm.OfField("TextFieldRest", members).Only);
}
