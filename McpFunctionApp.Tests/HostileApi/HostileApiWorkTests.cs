using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.HostileApi;

/// <summary>
/// The work on a large form grows with its size and not with its square, which would take minutes for each of these.
/// </summary>
public sealed class HostileApiWorkTests
{
    private const int Size = 2_000_000;

    // Only to end a test that hangs: none of them takes a second.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public Task Long_keys_that_differ_only_at_their_end_and_come_twice() =>
        MapAsync(Repeat(i => $$"""{"paramName":"{{new string('k', 59)}}{{i / 2 % 32_000:D5}}"}"""));

    [Fact]
    public Task Very_many_keys_that_are_taken_already() =>
        MapAsync(Repeat(i => i % 2 == 0 ? """{"paramName":"a"}""" : $$"""{"paramName":"a_{{i}}"}"""));

    [Fact]
    public Task A_field_of_very_many_groups_and_a_caller_of_many() =>
        MapAsync(
            $$"""{"paramName":"a"},{"paramName":"b","groupIds":[{{Repeat(i => $"{i % 10}")}}]}""",
            [.. Enumerable.Range(1, 10_000).Select(i => $"group-{i}")]
        );

    [Fact]
    public Task Options_whose_labels_are_taken_already() =>
        MapAsync(
            $$"""{"paramName":"a","type":"DropDownFieldRest","options":["""
                + $$"""{{Times(FieldListReader.MaxOptions, i => i % 2 == 0 ? "\"x\"" : $"\"x ({i})\"")}}],"defaultValue":"x"}"""
        );

    [Fact]
    public void More_options_than_any_form_has_leave_their_field_out()
    {
        var fields =
            $$"""{"paramName":"a"},"""
            + $$"""{"paramName":"b","type":"DropDownFieldRest","options":["""
            + $$"""{{Times(FieldListReader.MaxOptions + 1, _ => "1")}}]},"""
            + $$"""{"paramName":"c"}""";
        var read = FormReader.Read(Encoding.UTF8.GetBytes($$"""{"fieldList":[{{fields}}]}"""), new FormNotes(), out _)!;
        Assert.Equal(["a", "c"], read.Fields.Select(field => field.Key));
        Assert.Equal("has more options than can be read, 200000 in the whole form", Assert.Single(read.Faults).Problem);
    }

    [Fact]
    public Task A_default_of_very_many_entries() =>
        MapAsync(
            $$"""{"paramName":"a","type":"CheckBoxFieldRest","options":["x","y"],"defaultValue":["""
                + $$"""{{Repeat(i => i % 2 == 0 ? "\"x\"" : "\"y\"")}}]}"""
        );

    [Fact]
    public Task A_field_of_very_many_members() => MapAsync($$"""{"paramName":"a",{{Repeat(i => $"\"m{i}\":0")}}}""");

    [Fact]
    public async Task More_broken_fields_than_any_form_has_make_it_malformed()
    {
        var form = Encoding.UTF8.GetBytes($$"""{"fieldList":[{"paramName":"a"},{{Repeat(_ => "7")}}]}""");
        var problem = "";
        Assert.Null(await Task.Run(() => FormReader.Read(form, new FormNotes(), out problem)).WaitAsync(s_limit));
        Assert.Equal("more than 20000 of its fields cannot be read", problem);
    }

    [Fact]
    public void Long_keys_with_one_beginning_are_numbered_within_their_length()
    {
        var (a, b) = (new string('k', 63) + "a", new string('k', 63) + "b");
        Assert.Equal(
            [a, b, $"{a[..62]}_2", $"{a[..62]}_3", $"{a[..62]}_4"],
            MappedForm.Of(string.Join(',', new[] { a, b, a, b, a }.Select(key => $$"""{"paramName":"{{key}}"}"""))).Keys
        );
    }

    private static async Task MapAsync(string fields, string[]? groups = null) =>
        Assert.NotEmpty((await Task.Run(() => MappedForm.Of(fields, groups)).WaitAsync(s_limit)).Keys);

    private static string Times(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));

    private static string Repeat(Func<int, string> item)
    {
        var text = new StringBuilder(Size + 200);
        for (var i = 0; text.Length < Size; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(item(i));
        }

        return text.ToString();
    }
}
