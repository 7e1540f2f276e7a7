using static McpFunctionApp.Tests.Sources.JsonSchemas.JsonSchemaForm;

namespace McpFunctionApp.Tests.Sources.JsonSchemas;

/// <summary>A JSON Schema as a form: what it requires, holds back, nests and fixes.</summary>
public sealed class JsonSchemaRootTests
{
    [Fact]
    public void Required_members_are_required_unless_they_have_a_default()
    {
        var form = Map(
            """
            "a":{"type":"string"},"b":{"type":"string","default":"x"},"c":{"type":"array","items":{"enum":["x"]}},"d":{}
            """,
            ""","required":["a","b","c"]"""
        );
        Assert.Equal(["a", "c"], form.Required);
        Assert.Equal(1, form["c"].GetProperty("minItems").GetInt32());
    }

    [Fact]
    public void What_is_read_only_is_left_out_and_a_secret_too()
    {
        var form = Map(
            """
            "a":{},"b":{"readOnly":true},"c":{"writeOnly":true},"d":{"type":"string","format":"password"},
            "e":{"properties":{"x":{}},"readOnly":true},"f":{"properties":{"x":{}},"writeOnly":true}
            """,
            ""","required":["a","b","e"]"""
        );
        Assert.Equal(["a"], form.Keys);
        Assert.Null(form.Schema.Obstacle);
        Assert.Equal("c", Map("\"c\":{\"writeOnly\":true}", ",\"required\":[\"c\"]").Schema.Obstacle);
    }

    [Fact]
    public void Objects_are_flattened_and_what_they_require_is_needed_once_they_are_there()
    {
        var form = Map(
            """
            "details":{"title":"Details","properties":{"site":{"title":"Site"},"room":{},"deep":{"properties":{"er":{}},
            "required":["er"]}},"required":["site"]},
            "must":{"type":"object","properties":{"have":{},"may":{}},"required":["have"]}
            """,
            ""","required":["must"]"""
        );
        Assert.Equal(["details_site", "details_room", "details_deep_er", "must_have", "must_may"], form.Keys);
        Assert.Equal(["must_have"], form.Required);
        Assert.Equal("Details: Site", form["details_site"].GetProperty("description").GetString());
        Assert.Equal([1, 0, 2, 0, 0], form.Schema.Properties.Select(property => property.RequiredUnder));
        Assert.Equal(
            ["details.site", "details.room", "details.deep.er", "must.have", "must.may"],
            form.Schema.Properties.Select(property => property.OriginalKey)
        );
        Assert.Equal(["details", "deep", "er"], form.Schema.Properties[2].Path.AsEnumerable());
        Assert.Equal("must", Assert.Single(Assert.Single(form.Schema.Fixed).Path));
    }

    [Fact]
    public void An_object_that_requires_what_cannot_be_given_is_left_out_as_a_whole()
    {
        var form = Map(
            """
            "a":{},"b":{"properties":{"file":{"type":"object"},"note":{},"kind":{"const":1}},"required":["file","kind"]}
            """
        );
        Assert.Equal(["a"], form.Keys);
        Assert.Empty(form.Schema.Fixed);
        Assert.Null(form.Schema.Obstacle);
    }

    [Fact]
    public void A_required_constant_is_sent_unasked_and_a_consent_is_asked_for()
    {
        var form = Map(
            """ "kind":{"const":"change"},"terms":{"const":true},"may":{"const":"x"} """,
            ""","required":["kind","terms"]"""
        );
        Assert.Equal(["terms", "may"], form.Keys);
        Assert.Equal("\"change\"", Assert.Single(form.Schema.Fixed).ValueJson);
        Assert.Equal(["terms"], form.Required);
    }

    [Theory]
    [InlineData("""{"properties":[]}""")]
    [InlineData("""{"type":"object"}""")]
    [InlineData("""{"properties":{"a":7,"b":"x"}}""")]
    public void What_is_no_schema_of_a_form_is_malformed(string json) => Assert.NotNull(Problem(json));

    [Fact]
    public void A_schema_without_members_is_an_empty_form() => Assert.Empty(Map("").Schema.Properties);

    [Fact]
    public void Conditions_at_the_root_are_not_checked_with_a_warning()
    {
        var form = Map("\"a\":{}", ",\"if\":{\"required\":[\"a\"]}");
        Assert.Equal(["a"], form.Keys);
        Assert.Contains("'if'", Assert.Single(form.Notes.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_keep_their_order_and_a_name_that_is_no_text_is_passed_over() =>
        Assert.Equal(["z", "a", "m"], Map(""" "z":{},"a":{},"\ud800":{},"m":{} """).Keys);

    [Fact]
    public void What_is_required_and_not_described_is_a_text()
    {
        Assert.Equal(["a", "b"], Map("\"a\":{}", ",\"required\":[\"b\"]").Keys);
        Assert.Equal("b", Map("\"a\":{}", ",\"required\":[\"b\"],\"additionalProperties\":false").Schema.Obstacle);
    }
}
