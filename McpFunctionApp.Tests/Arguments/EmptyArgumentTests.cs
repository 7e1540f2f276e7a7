using McpFunctionApp.Forms;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Arguments;

/// <summary>What is empty is left out, and fills no required parameter.</summary>
public sealed class EmptyArgumentTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\" \\t\\n\\u00a0\"")]
    [InlineData("[]")]
    public void What_is_empty_is_left_out_of_every_optional_parameter_without_a_word(string empty) =>
        Assert.Equal(
            "{}",
            ReadArguments.Data(
                ReadArguments.AllKinds,
                $$"""{{{string.Join(',', ReadArguments.AllKinds.Properties.Select(p => $"\"{p.Key}\":{empty}"))}}}"""
            )
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
