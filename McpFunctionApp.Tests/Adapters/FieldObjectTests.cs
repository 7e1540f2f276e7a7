using McpFunctionApp.Adapters;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>The field objects of an adapter: every member, and every oddity of one.</summary>
public sealed class FieldObjectTests
{
    private readonly FormNotes _notes = new();

    [Fact]
    public void Every_member_is_read()
    {
        var schema = Map(
            """
            {"key":"a","param":"alpha","name":"Alpha","kind":"text","required":true,"description":"One.","minLength":2,
            "maxLength":5,"pattern":"^x","default":"xyz"},
            {"key":"b","name":"Beta","kind":"number","minimum":-1.5,"maximum":0},
            {"key":"c","kind":"integer","minimum":1},
            {"key":"d","kind":"boolean","default":"0"},
            {"key":"e","kind":"date","format":"dd/MM/yyyy"},
            {"key":"f","kind":"date-time"},
            {"key":"g","kind":"choice","options":[{"label":"Low","value":1},{"label":"High","value":{"id":"2"}}],
            "default":{"id":"2"}},
            {"key":"h","kind":"choices","options":["p","q"],"default":["q"]},
            {"key":"i","kind":"cascade","options":[
            {"label":"Europe","value":"e","options":[{"label":"Berlin","value":{"id":"e","child":{"id":"b"}}}]},
            {"label":"Home","value":"h"}]},
            {"key":"j","kind":"choices"}
            """
        );
        Assert.Equal("alpha b c d e f g h i j", Keys(schema));
        var by = schema.Properties.ToDictionary(property => property.Key);
        Assert.Equal(
            (2.0, 5.0, "^x", "xyz", "Alpha: One."),
            (by["alpha"].Min, by["alpha"].Max, by["alpha"].Pattern, by["alpha"].Default!.Text, by["alpha"].Description)
        );
        Assert.Equal((-1.5, 0.0), (by["b"].Min, by["b"].Max));
        Assert.Equal(
            [
                PropertyKind.Text,
                PropertyKind.Number,
                PropertyKind.Integer,
                PropertyKind.Boolean,
                PropertyKind.Date,
                PropertyKind.DateTime,
                PropertyKind.Choice,
                PropertyKind.Choices,
                PropertyKind.Cascade,
                PropertyKind.Choices,
            ],
            schema.Properties.Select(property => property.Kind)
        );
        Assert.Equal("false", by["d"].Default!.Text);
        Assert.Equal("dd/MM/yyyy", by["e"].SubmittedFormat);
        Assert.Equal(["1", """{"id":"2"}"""], by["g"].Options.Select(option => option.ValueJson));
        Assert.Equal("High", by["g"].Default!.Text);
        Assert.Equal("q", Assert.Single(by["h"].Default!.Labels));
        Assert.Equal(["Europe > Berlin", "Home"], by["i"].Options.Select(option => option.Label));
        Assert.Equal(["""{"id":"e","child":{"id":"b"}}""", "\"h\""], by["i"].Options.Select(option => option.ValueJson));
        Assert.Empty(by["j"].Options);
    }

    [Theory]
    [InlineData("customfield_10010", "Affected service", "affected_service")]
    [InlineData("360001234567", "Affected service?", "affected_service")]
    [InlineData("3f1dd0320a0a0b99000a53f7604a2ef9", "Model", "model")]
    [InlineData("c6a1f3b2-0000-4000-8000-0123456789ab", "Model", "model")]
    [InlineData("customfield_10010", "部門", "customfield_10010")]
    [InlineData("360001234567", "", "360001234567")]
    [InlineData("due_2026", "Due", "due")]
    [InlineData("line_1", "First line", "line_1")]
    [InlineData("neededBy", "Needed by", "needed_by")]
    [InlineData("deadbeef", "Beef", "deadbeef")]
    public void A_parameter_is_named_by_the_key_or_by_the_name_where_the_key_is_an_id(string key, string name, string expected) =>
        Assert.Equal(expected, Keys(Map($$"""{"key":"{{key}}","name":"{{name}}"}""")));

    [Theory]
    [InlineData("\"kind\":\"colour\"")]
    [InlineData("\"kind\":7")]
    [InlineData("\"kind\":[]")]
    [InlineData("\"description\":{}")]
    [InlineData("\"options\":\"many\"")]
    [InlineData("\"options\":{}")]
    [InlineData("\"options\":[[],{},null,7.5]")]
    [InlineData("\"minLength\":\"few\",\"maxLength\":-3")]
    [InlineData("\"minimum\":{},\"maximum\":[]")]
    [InlineData("\"pattern\":\"(?<=x)\"")]
    [InlineData("\"pattern\":7")]
    [InlineData("\"kind\":\"date\",\"format\":\"%\"")]
    [InlineData("\"default\":{\"x\":[]}")]
    [InlineData("\"param\":[]")]
    [InlineData("\"name\":null")]
    [InlineData("\"name\":\"\\ud800\"")]
    [InlineData("\"required\":\"perhaps\"")]
    [InlineData("\"offered\":null,\"secret\":null")]
    [InlineData("\"offered\":1,\"secret\":0")]
    [InlineData("\"offered\":\"true\",\"secret\":\"false\"")]
    [InlineData("\"unknown\":1")]
    public void One_odd_member_never_takes_a_field_away(string member)
    {
        Assert.Equal("odd even", Keys(Map($$"""{"key":"odd",{{member}}},{"key":"even"}""")));
        Assert.Empty(_notes.Warnings);
    }

    [Fact]
    public void An_unreadable_required_counts_as_required() =>
        Assert.True(Map("""{"key":"a","required":"perhaps"}""").Properties[0].Required);

    [Theory]
    [InlineData("\"secret\":true")]
    [InlineData("\"secret\":\"1\"")]
    [InlineData("\"offered\":false")]
    [InlineData("\"offered\":0")]
    [InlineData("\"offered\":\"id\"")]
    public void What_the_adapter_does_not_offer_is_left_out_without_a_warning(string member)
    {
        Assert.Equal("b", Keys(Map($$"""{"key":"a",{{member}}},{"key":"b"}""")));
        Assert.Empty(_notes.Warnings);
    }

    [Theory]
    [InlineData("\"secret\":\"perhaps\"")]
    [InlineData("\"secret\":{}")]
    [InlineData("\"offered\":\"perhaps\"")]
    [InlineData("\"offered\":[]")]
    public void What_cannot_be_read_there_leaves_the_field_out(string member)
    {
        Assert.Equal("b", Keys(Map($$"""{"key":"a",{{member}}},{"key":"b"}""")));
        Assert.Contains("'a'", Assert.Single(_notes.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"secret\":true", "A")]
    [InlineData("\"offered\":false", "A")]
    [InlineData("\"secret\":7", "A")]
    [InlineData("\"secret\":true,\"offered\":\"id\"", "A")]
    [InlineData("\"offered\":\"id\"", null)]
    [InlineData("\"offered\":false,\"default\":\"x\"", null)]
    public void A_required_field_that_cannot_be_offered_is_an_obstacle_unless_an_id_or_a_default_will_do(
        string member,
        string? obstacle
    ) => Assert.Equal(obstacle, Map($$"""{"key":"a","name":"A","required":true,{{member}}},{"key":"b"}""").Obstacle);

    [Fact]
    public void A_required_field_whose_id_the_system_takes_is_a_text()
    {
        var property = Assert.Single(Map("""{"key":"owner","name":"Owner","required":true,"offered":"id"}""").Properties);
        Assert.Equal((PropertyKind.Text, "The id of Owner"), (property.Kind, property.Description));
    }

    [Theory]
    [InlineData("""{"key":"ok"},7,null,{"name":"No key"},{"key":""},{"key":[]}""", 5)]
    public void An_entry_that_is_no_field_is_one_fault_and_fails_no_other(string entries, int faults)
    {
        Assert.Equal("ok", Keys(Map(entries)));
        Assert.Equal(faults, _notes.Warnings.Count);
    }

    [Fact]
    public void A_list_without_any_field_that_can_be_read_is_no_form()
    {
        Assert.Equal("none of its fields can be read", Read("7,{}").Problem);
        Assert.Empty(Read("").Form!.Fields);
    }

    [Fact]
    public void Options_that_would_submit_the_same_are_one_and_labels_are_unique()
    {
        var property = Assert.Single(
            Map(
                """{"key":"a","options":[{"label":"x","value":1},{"label":"y","value":1},{"label":"x","value":2},"""
                    + """{"label":"n","value":2.50}]}"""
            ).Properties
        );
        Assert.Equal(["x 1", "x (2) 2", "n 2.50"], property.Options.Select(option => $"{option.Label} {option.ValueJson}"));
    }

    private static string Keys(FormSchema schema) => string.Join(' ', schema.Properties.Select(property => property.Key));

    private SourceForm Read(string entries) => new FieldObjectReader(_notes).Read(JsonElement.Parse($"[{entries}]"));

    private FormSchema Map(string entries) =>
        FormMapper.Map(Read(entries).Form!, null, new FormLimits(200, 1_000, 200, 65_536), _notes);
}
