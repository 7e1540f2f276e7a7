using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Sample;
using McpFunctionApp.Sources;
using McpFunctionApp.Submissions;
using McpFunctionApp.Tests.Arguments;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Docs;

/// <summary>The ten lines of docs/sources.md are a form, and what they say is submitted is, and is taken by the sample.</summary>
public sealed class SourcesDocumentTests
{
    private static readonly string[] s_examples =
    [
        .. Repository
            .Read("docs/sources.md")
            .Split("```json\n")[1..]
            .Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)].TrimEnd()),
    ];

    [Fact]
    public void The_schema_has_ten_lines_and_becomes_the_parameters_that_the_page_names()
    {
        Assert.Equal(10, s_examples[0].Split('\n').Length);
        Assert.Equal(["title", "risk", "systems", "window_start"], Form().Properties.Select(property => property.Key));
    }

    [Fact]
    public void A_call_is_submitted_as_the_page_says_and_the_sample_takes_it()
    {
        var form = Form();
        var reading = ReadArguments.Of(
            form,
            """{"title":"New mail server","risk":"High","systems":["Mail"],"window_start":"2026-11-28T20:00:00Z"}"""
        );
        Assert.Empty(reading.Problems.Told);
        var body = SubmissionBody.Write(reading.Form);
        Assert.True(
            JsonElement.DeepEquals(JsonElement.Parse(s_examples[1]), JsonElement.Parse(Encoding.UTF8.GetString(body.Span)))
        );
        Assert.Null(SubmissionRules.Check(body, new SampleForms().Change(SampleCallers.All[0])).Problem);
    }

    private static FormSchema Form() =>
        FormMapper.Map(
            FormReader.Read(Encoding.UTF8.GetBytes(s_examples[0]), new FormNotes(), out _)!,
            null,
            MappedForm.Limits,
            new FormNotes()
        );
}
