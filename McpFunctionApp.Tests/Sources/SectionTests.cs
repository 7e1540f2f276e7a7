namespace McpFunctionApp.Tests.Sources;

public sealed class SectionTests
{
    [Theory]
    [InlineData("\"type\":\"SectionRest\"", "fields")]
    [InlineData("\"type\":\"SectionRest\"", "fieldList")]
    [InlineData("\"type\":\"SectionRest\"", "children")]
    [InlineData("\"type\":\"DisplayFieldRest\",\"subType\":\"section\"", "fields")]
    [InlineData("\"type\":\"DisplayFieldRest\",\"subType\":\"label\"", "fields")]
    public void A_section_takes_no_value_and_the_fields_within_it_are_fields_like_others(string section, string member)
    {
        var form = MappedForm.Of(
            $$"""{"paramName":"a"},{"name":"S","required":true,"""
                + $$"""{{section}},"{{member}}":[{"paramName":"b","required":true},"""
                + $$"""{"type":"SectionRest","fields":[{"paramName":"c"}]}]},"""
                + $$"""{"paramName":"d"}"""
        );
        Assert.Equal(["a", "b", "c", "d"], form.Keys);
        Assert.Equal(["b"], form.Required);
    }

    [Theory]
    [InlineData("\"hidden\":true")]
    [InlineData("\"removed\":1")]
    [InlineData("\"inActive\":\"true\"")]
    [InlineData("\"groupIds\":[2]")]
    [InlineData("\"hidden\":\"perhaps\"")]
    [InlineData("\"groupIds\":\"2\"")]
    public void Fields_go_with_their_section(string mark)
    {
        var form = MappedForm.Of(
            $$"""
            {"paramName":"a","sectionId":7},
            {"id":7,"name":"S","type":"SectionRest",{{mark}},"fields":[{"paramName":"b"},{"type":"SectionRest","id":"8",
            "fields":[{"paramName":"c"}]}]},
            {"paramName":"d","sectionId":"8"},{"paramName":"e","sectionId":"9"},{"id":9,"type":"SectionRest","sectionId":7},
            {"paramName":"f","sectionId":"other"}
            """,
            ["1"]
        );
        Assert.Equal(["f"], form.Keys);
    }

    [Fact]
    public void A_field_must_be_for_the_callers_groups_as_its_section_must()
    {
        const string Fields =
            """{"type":"SectionRest","groupIds":[1,2],"fields":[{"paramName":"a","groupIds":[3]},{"paramName":"b"}]}""";
        Assert.Equal(["b"], MappedForm.Of(Fields, ["1"]).Keys);
        Assert.Empty(MappedForm.Of(Fields, ["3"]).Keys);
        Assert.Equal(["a", "b"], MappedForm.Of(Fields, ["2", "3"]).Keys);
        Assert.Equal(["a", "b"], MappedForm.Of(Fields).Keys);
    }

    [Fact]
    public void Sections_that_name_each_other_are_no_endless_loop() =>
        Assert.Equal(
            ["a"],
            MappedForm
                .Of(
                    """{"type":"SectionRest","id":1,"sectionId":2,"fields":[{"paramName":"a"}]},"""
                        + """{"type":"SectionRest","id":2,"sectionId":1}"""
                )
                .Keys
        );

    [Fact]
    public void Thousands_of_sections_each_within_another_are_read_in_no_time()
    {
        var sections = Enumerable.Range(0, 20_000).Select(i => $$"""{"type":"SectionRest","id":{{i}},"sectionId":{{i + 1}}}""");
        var fields = Enumerable.Range(0, 20_000).Select(i => $$"""{"paramName":"f{{i}}","sectionId":{{i}}}""");
        var form = MappedForm.Of(string.Join(',', sections.Concat(fields)));
        Assert.NotEmpty(form.Keys);
    }

    [Fact]
    public void A_text_to_be_read_without_a_kind_stays_a_field_as_before() =>
        Assert.Equal(["f"], MappedForm.OfField("DisplayFieldRest").Keys);
}
