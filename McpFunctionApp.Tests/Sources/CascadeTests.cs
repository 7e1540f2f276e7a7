using McpFunctionApp.Forms;

namespace McpFunctionApp.Tests.Sources;

public sealed class CascadeTests
{
    private const string Places = """
        "options":[
          {"label":"Europe","value":1,"children":[{"label":"Berlin","value":{"id":11}},{"label":"Paris","id":12},{"label":"Bonn",
          "id":13,"inActive":true}]},
          {"label":"Asia","value":2,"children":[{"label":"Japan","value":21,"children":[{"label":"Osaka","value":211}]}]},
          {"label":"Elsewhere","value":3,"children":[]},
          {"label":"Atlantis","value":4,"hidden":true,"children":[{"label":"Port","value":41}]}]
        """;

    [Theory]
    [InlineData("DependentFieldRest")]
    [InlineData("DropDownFieldRest")]
    [InlineData("SomethingNewRest")]
    public void Options_within_options_become_paths_whose_last_steps_value_is_submitted(string type)
    {
        var property = Assert.Single(MappedForm.OfField(type, Places).Schema.Properties);
        Assert.Equal(PropertyKind.Cascade, property.Kind);
        Assert.Equal(
            [("Europe > Berlin", "{\"id\":11}"), ("Europe > Paris", "12"), ("Asia > Japan > Osaka", "211"), ("Elsewhere", "3")],
            property.Options.Select(option => (option.Label, option.ValueJson))
        );
    }

    [Fact]
    public void A_cascade_is_listed_as_a_string_with_its_paths() =>
        Assert.Equal(
            """{"type":"string","description":"F","enum":["Europe > Berlin","Europe > Paris","Asia > Japan > """
                + """Osaka","Elsewhere"]}""",
            MappedForm.OfField("DependentFieldRest", Places).Only
        );

    [Theory]
    [InlineData("12", "Europe > Paris")]
    [InlineData("\"Paris\"", "Europe > Paris")]
    [InlineData("\"Europe > Berlin\"", "Europe > Berlin")]
    [InlineData("{\"id\":11}", "Europe > Berlin")]
    public void Its_default_is_a_path_or_the_last_step(string given, string expected) =>
        Assert.Equal(
            expected,
            MappedForm.OfField("DependentFieldRest", $"{Places},\"defaultValue\":{given}")["f"].GetProperty("default").GetString()
        );

    [Fact]
    public void Without_options_it_is_a_text() =>
        Assert.Equal("""{"type":"string","description":"F"}""", MappedForm.OfField("DependentFieldRest").Only);

    [Fact]
    public void Options_count_wherever_they_stand()
    {
        var children = string.Join(',', Enumerable.Range(0, 100_001).Select(i => $"{i}"));
        var options = $$"""{"label":"a","children":[{{children}}]},{"label":"b","children":[{{children}}]}""";
        Assert.Equal(["g"], MappedForm.Of($$"""{"paramName":"f","options":[{{options}}]},{"paramName":"g"}""").Keys);
    }

    [Fact]
    public void Long_steps_over_very_many_options_do_not_fill_the_memory()
    {
        var options =
            $$"""{"label":"{{new string('x', 250)}}","children":[{{string.Join(',', Enumerable.Range(0, 190_000))}}]}""";
        var form = MappedForm.Of($$"""{"paramName":"f","options":[{{options}}]},{"paramName":"g"}""");
        Assert.Equal(["g"], form.Keys);
        Assert.Contains("too long", Assert.Single(form.Notes.Warnings), StringComparison.Ordinal);
    }
}
