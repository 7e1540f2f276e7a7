using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Submissions;
using McpFunctionApp.Tests.Arguments;

namespace McpFunctionApp.Tests.Execution;

/// <summary>A listed default is what is submitted where the parameter is left out.</summary>
public sealed class DefaultSubmissionTests
{
    private static readonly PropertyDefault s_low = new("Low", null, []);

    private static FormSchema Form(PropertyKind kind, PropertyDefault value, params string[] options) =>
        ReadArguments.Form(
            kind,
            property =>
                (options.Length > 0 ? ReadArguments.WithOptions(options)(property) : property) with
                {
                    Required = true,
                    Default = value,
                }
        );

    public static TheoryData<int, string, string> Kinds =>
        new()
        {
            { 0, "{\"f\":\"a text\"}", "{\"f\":\"a text\"}" },
            { 1, "{\"f\":1.5}", "{\"f\":1.5}" },
            { 2, "{\"f\":\"Low\"}", "{\"f\":13}" },
            { 3, "{\"f\":[\"Low\",\"High\"]}", "{\"f\":[13,14]}" },
            { 4, "{\"f\":true}", "{\"f\":true}" },
            { 5, "{\"f\":\"2026-11-25\"}", "{\"f\":\"2026-11-25\"}" },
            { 6, "{\"f\":true}", "{\"f\":1}" },
        };

    private static FormSchema Case(int number) =>
        number switch
        {
            0 => Form(PropertyKind.Text, new("a text", null, [])),
            1 => Form(PropertyKind.Number, new(null, 1.5, [])),
            2 => Form(PropertyKind.Choice, s_low, "Low=13", "High=14"),
            3 => Form(PropertyKind.Choices, new(null, null, ["Low", "High"]), "Low=13", "High=14"),
            4 => Form(PropertyKind.Boolean, new("true", null, [])),
            5 => Form(PropertyKind.Date, new("2026-11-25", null, [])),
            _ => Form(PropertyKind.Boolean, new("true", null, []), "true=1", "false=0"),
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_submitted_and_in_the_receipt_whether_the_argument_is_missing_or_empty(
        int number,
        string data,
        string submitted
    )
    {
        foreach (var arguments in (string[])["{}", """{"f":null}""", """{"f":""}""", """{"f":[]}"""])
        {
            var (filled, problems) = ReadArguments.Of(Case(number), arguments);
            Assert.Equal(0, problems.Count);
            Assert.Equal(data, filled.ToJson().GetRawText());
            Assert.Equal(submitted, Encoding.UTF8.GetString(SubmissionBody.Write(filled).Span));
        }
    }

    [Fact]
    public void What_is_given_comes_before_it() =>
        Assert.Equal(
            """{"f":"High"}""",
            ReadArguments.Data(Form(PropertyKind.Choice, s_low, "Low=1", "High=2"), """{"f":"high"}""")
        );

    [Fact]
    public void A_default_that_stands_for_nothing_does_not_fill_a_required_field() =>
        Assert.StartsWith(
            "f: is required and missing.",
            Assert.Single(ReadArguments.Problems(Form(PropertyKind.Choice, s_low, "Low=\"\"", "High=2"), "{}")),
            StringComparison.Ordinal
        );

    [Fact]
    public void Of_two_fields_with_one_key_the_default_of_one_does_not_stand_against_what_is_given_for_the_other()
    {
        var first = FormProperty.Plain("a", PropertyKind.Text, "A.") with { Default = new("default", null, []) };
        var form = ReadArguments.Form(first, first with { Key = "a_2", Default = new("other", null, []) });
        Assert.Equal("""{"a_2":"given"}""", ReadArguments.Data(form, """{"a_2":"given"}"""));
        Assert.Equal("""{"a":"default"}""", ReadArguments.Data(form, "{}"));
    }
}
