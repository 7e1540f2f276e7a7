using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Forms;

/// <summary>All values that one tool lists are bounded together.</summary>
public sealed class EnumValuesTests
{
    private static MappedForm Map(int maxValues, params (string Type, int Options)[] fields) =>
        MappedForm.Of(
            string.Join(
                ',',
                fields.Select(
                    (field, i) => $$"""{"paramName":"f{{i}}","type":"{{field.Type}}",{{MappedForm.Options(field.Options)}}}"""
                )
            ),
            limits: MappedForm.Limits with
            {
                MaxEnumValues = maxValues,
            }
        );

    private static IEnumerable<string> Listed(MappedForm form) =>
        form.Keys.Where(key =>
            form[key].TryGetProperty("enum", out _)
            || (form[key].TryGetProperty("items", out var items) && items.TryGetProperty("enum", out _))
        );

    [Fact]
    public void Forty_lists_of_a_hundred_values_become_ten()
    {
        var form = Map(MappedForm.Limits.MaxEnumValues, [.. Enumerable.Repeat(("DropDownFieldRest", 100), 40)]);
        Assert.Equal(1_000, MappedForm.Limits.MaxEnumValues);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"f{i}"), Listed(form));
        Assert.Equal(40, form.Keys.Count);
    }

    [Fact]
    public void The_longest_lists_go_first_and_of_equal_ones_the_later()
    {
        (string, int)[] fields =
        [
            ("DropDownFieldRest", 3),
            ("DropDownFieldRest", 5),
            ("DropDownFieldRest", 4),
            ("DropDownFieldRest", 5),
            ("DropDownFieldRest", 1),
        ];
        Assert.Equal(["f0", "f1", "f2", "f3", "f4"], Listed(Map(18, fields)));
        Assert.Equal(["f0", "f1", "f2", "f4"], Listed(Map(17, fields)));
        Assert.Equal(["f0", "f2", "f4"], Listed(Map(12, fields)));
        Assert.Equal(["f4"], Listed(Map(1, fields)));
    }

    [Fact]
    public void What_is_not_listed_is_still_checked_and_its_description_says_how_many_there_are()
    {
        var form = Map(2, ("DropDownFieldRest", 3), ("CheckBoxFieldRest", 4));
        Assert.Equal(
            """{"type":"string","description":"f0 (One of 3 values, written exactly, for example: Option 1; Option 2; """
                + """Option 3. find_options finds others)"}""",
            form["f0"].GetRawText()
        );
        Assert.Equal("""{"type":"string"}""", form["f1"].GetProperty("items").GetRawText());
        Assert.Equal("array", form["f1"].GetProperty("type").GetString());
        Assert.Equal([3, 4], form.Schema.Properties.Select(property => property.Options.Length));
    }

    [Fact]
    public void Fields_that_are_left_out_take_no_room_from_the_others()
    {
        var fields = string.Join(
            ',',
            Enumerable.Range(0, 4).Select(i => $$"""{"paramName":"f{{i}}",{{MappedForm.Options(3)}}}""")
        );
        var form = MappedForm.Of(fields, limits: MappedForm.Limits with { MaxEnumValues = 6, MaxFields = 2 });
        Assert.Equal(["f0", "f1"], Listed(form));
    }
}
