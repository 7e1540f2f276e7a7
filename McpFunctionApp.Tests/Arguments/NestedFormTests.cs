using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;
using McpFunctionApp.Submissions;

namespace McpFunctionApp.Tests.Arguments;

/// <summary>Fields within objects: put together again for the submission, and required once their object is given.</summary>
public sealed class NestedFormTests
{
    private static readonly FormSchema s_form = Read(
        """
        {
          "properties": {
            "title": { "type": "string" },
            "window": {
              "properties": {
                "start": { "type": "string", "format": "date-time" },
                "place": { "properties": { "site": { "type": "string" } } },
                "risk": { "type": "string", "default": "low" },
                "kind": { "const": "change" }
              },
              "required": ["start", "kind"]
            }
          },
          "required": ["title"]
        }
        """
    );

    private static FormSchema Read(string schema)
    {
        var notes = new FormNotes();
        var answer = FormReader.Read(Encoding.UTF8.GetBytes(schema), notes, out var problem);
        Assert.True(answer is not null, problem);
        return FormMapper.Map(answer, null, Sources.MappedForm.Limits, notes);
    }

    private static string Submitted(string arguments)
    {
        var (filled, problems) = ReadArguments.Of(s_form, arguments);
        Assert.True(problems.Count == 0, string.Join(" | ", problems.Told));
        return Encoding.UTF8.GetString(SubmissionBody.Write(filled).Span);
    }

    [Fact]
    public void They_are_submitted_in_their_objects_with_defaults_and_what_is_fixed() =>
        Assert.Equal(
            """{"title":"x","window":{"start":"2026-11-28T20:00:00Z","place":{"site":"B"},"risk":"low","kind":"change"}}""",
            Submitted("""{"title":"x","window_start":"2026-11-28T20:00:00Z","window_place_site":"B"}""")
        );

    [Fact]
    public void An_object_of_which_nothing_is_given_is_left_out_with_its_defaults() =>
        Assert.Equal("""{"title":"x"}""", Submitted("""{"title":"x","window_start":null}"""));

    [Fact]
    public void What_an_object_requires_is_missing_once_one_of_its_members_is_given() =>
        Assert.Equal(
            [
                "window_start: is required and missing, since window is given. Expected: a date and time with Z or an "
                    + "offset, such as 2026-11-25T14:30:00Z.",
            ],
            ReadArguments.Problems(s_form, """{"title":"x","window_place_site":"B"}""")
        );

    [Fact]
    public void What_is_given_and_wrong_is_not_missing_too() =>
        Assert.StartsWith(
            "window_start: 'soon' is no date",
            Assert.Single(ReadArguments.Problems(s_form, """{"title":"x","window_place_site":"B","window_start":"soon"}""")),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_number_of_entries_is_checked_after_equal_ones_count_once()
    {
        var form = ReadArguments.Form(PropertyKind.Choices, property => property with { Min = 2, Max = 3 });
        Assert.Equal(["f: has 1 different entries, but needs at least 2."], ReadArguments.Problems(form, """{"f":["a","a"]}"""));
        Assert.Equal(
            ["f: has 4 different entries, but may have at most 3."],
            ReadArguments.Problems(form, """{"f":["a","b","c","d"]}""")
        );
        Assert.Equal("""{"f":["a","b"]}""", ReadArguments.Data(form, """{"f":["a","b","a"]}"""));
    }
}
