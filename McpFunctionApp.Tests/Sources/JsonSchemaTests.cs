using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Sources;

/// <summary>A JSON Schema as a form.</summary>
public sealed class JsonSchemaTests
{
    /// <param name="properties">The members of <c>properties</c>.</param>
    /// <param name="rest">Further members of the root, each with a comma before it.</param>
    private static MappedForm Map(string properties, string rest = "") => MapAll($$"""{"properties":{{{properties}}}{{rest}}}""");

    private static MappedForm MapAll(string schema)
    {
        var notes = new FormNotes();
        var answer = FormReader.Read(Encoding.UTF8.GetBytes(schema), notes, out var problem);
        Assert.True(answer is not null, problem);
        var form = FormMapper.Map(answer, null, MappedForm.Limits, notes);
        SchemaSafety.Check(form.InputSchema);
        return new MappedForm(form, notes);
    }

    private static string? Problem(string schema) =>
        FormReader.Read(Encoding.UTF8.GetBytes(schema), new FormNotes(), out var problem) is null ? problem : null;

    [Theory]
    [InlineData("""{"type":"string"}""", """{"type":"string","description":"f"}""")]
    [InlineData("true", """{"type":"string","description":"f"}""")]
    [InlineData("{}", """{"type":"string","description":"f"}""")]
    [InlineData(
        """{"type":["null","string"],"title":"F","description":"What it is"}""",
        """{"type":"string","description":"F: What it is"}"""
    )]
    [InlineData(
        """{"type":"string","minLength":2,"maxLength":5,"pattern":"^[a-z]+$","default":"abc"}""",
        """{"type":"string","description":"f","minLength":2,"maxLength":5,"pattern":"^[a-z]\u002B$","default":"abc"}"""
    )]
    [InlineData("""{"type":"string","format":"date"}""", """{"type":"string","description":"f (a date such as 2026-11-25)"}""")]
    [InlineData(
        """{"type":"string","format":"date-time"}""",
        """{"type":"string","description":"f (a time such as 2026-11-25T14:30:00Z, with Z or an offset)"}"""
    )]
    [InlineData("""{"type":"string","format":"email"}""", """{"type":"string","description":"f: (an email address)"}""")]
    [InlineData(
        """{"type":"number","minimum":-1.5,"maximum":1e3,"default":0}""",
        """{"type":"number","description":"f","minimum":-1.5,"maximum":1000,"default":0}"""
    )]
    [InlineData(
        """{"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":10}""",
        """{"type":"integer","description":"f","minimum":1,"maximum":9}"""
    )]
    [InlineData("""{"type":"number","multipleOf":1}""", """{"type":"integer","description":"f"}""")]
    [InlineData("""{"minimum":3}""", """{"type":"number","description":"f","minimum":3}""")]
    [InlineData("""{"type":"boolean","default":false}""", """{"type":"boolean","description":"f","default":false}""")]
    [InlineData("""{"type":"boolean","enum":[true,false]}""", """{"type":"boolean","description":"f"}""")]
    [InlineData("""{"enum":["a",7,null,""]}""", """{"type":"string","description":"f","enum":["a","7"]}""")]
    [InlineData("""{"type":"integer","enum":["a",7]}""", """{"type":"string","description":"f","enum":["7"]}""")]
    [InlineData(
        """{"enum":[1,2],"enumNames":["One","Two"],"default":2}""",
        """{"type":"string","description":"f","enum":["One","Two"],"default":"Two"}"""
    )]
    [InlineData(
        """{"oneOf":[{"const":1,"title":"Low"},{"const":2,"title":"High"},{"type":"null"}]}""",
        """{"type":"string","description":"f","enum":["Low","High"]}"""
    )]
    [InlineData(
        """{"anyOf":[{"const":"a"},{"enum":["b","c"]}]}""",
        """{"type":"string","description":"f","enum":["a","b","c"]}"""
    )]
    [InlineData("""{"oneOf":[{"const":1},{"const":2},{"const":1}]}""", """{"type":"string","description":"f","enum":["2"]}""")]
    [InlineData("""{"const":true}""", """{"type":"string","description":"f","enum":["true"]}""")]
    [InlineData(
        """{"type":"array","items":{"enum":["a","b"]},"maxItems":3}""",
        """{"type":"array","description":"f","items":{"type":"string","enum":["a","b"]},"uniqueItems":true,"maxItems":3}"""
    )]
    [InlineData(
        """{"type":"array","items":{"type":"string"}}""",
        """{"type":"array","description":"f","items":{"type":"string"},"uniqueItems":true}"""
    )]
    [InlineData("""{"type":"array"}""", """{"type":"array","description":"f","items":{"type":"string"},"uniqueItems":true}""")]
    [InlineData(
        """{"anyOf":[{"type":"integer","minimum":2},{"type":"null"}],"title":"F"}""",
        """{"type":"integer","description":"F","minimum":2}"""
    )]
    [InlineData(
        """{"anyOf":[{"type":"object"},{"type":"integer"},{"type":"string"}]}""",
        """{"type":"integer","description":"f"}"""
    )]
    [InlineData("""{"oneOf":[{"type":"object"},{"type":"integer"}]}""", """{"type":"integer","description":"f"}""")]
    [InlineData(
        """{"allOf":[{"minLength":2},{"minLength":3,"type":"string"}],"minLength":1}""",
        """{"type":"string","description":"f","minLength":3}"""
    )]
    public void A_schema_becomes_the_parameter_that_says_the_same(string schema, string expected) =>
        Assert.Equal(
            JsonElement.Parse(expected).GetRawText().Replace("\\u002B", "+", StringComparison.Ordinal),
            Map($"\"f\":{schema}").Only
        );

    [Theory]
    [InlineData("""{"type":"object"}""")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"a":{}}}}""")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""")]
    [InlineData("""{"type":"array","items":{"type":"string","pattern":"a"}}""")]
    [InlineData("""{"type":"array","prefixItems":[{}]}""")]
    [InlineData("""{"type":"array","contains":{}}""")]
    [InlineData("""{"type":"number","multipleOf":0.01}""")]
    [InlineData("""{"type":"string","pattern":"(?=a)b"}""")]
    [InlineData("""{"type":"string","pattern":"("}""")]
    [InlineData("""{"type":"string","contentEncoding":"base64"}""")]
    [InlineData("""{"type":"string","minLength":5,"maxLength":2}""")]
    [InlineData("""{"type":"string","not":{"const":"a"}}""")]
    [InlineData("""{"$ref":"#/$defs/none"}""")]
    [InlineData("""{"$ref":"https://elsewhere.example/schema.json"}""")]
    [InlineData("""{"oneOf":[{"type":"string","minLength":2},{"type":"string","maxLength":4}]}""")]
    [InlineData("""{"enum":[{"a":1}],"type":"string"}""")]
    [InlineData("""{"type":"object","properties":{"a":{}},"minProperties":1}""")]
    [InlineData("false")]
    public void What_no_parameter_can_express_is_left_out_with_a_warning_that_names_it(string schema)
    {
        var form = Map($$""" "odd":{{schema}},"g":{} """);
        Assert.Equal(["g"], form.Keys);
        Assert.Contains(form.Notes.Warnings, warning => warning.Contains("'odd'", StringComparison.Ordinal));
        Assert.Equal("odd", Map($$""" "odd":{{schema}},"g":{} """, ""","required":["odd"]""").Schema.Obstacle);
    }

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

    [Fact]
    public void References_within_the_document_are_followed()
    {
        var form = Map(
            """
            "a":{"$ref":"#/$defs/one%20two~1three"},"b":{"$ref":"#/definitions/place","title":"Where"},"c":{"$ref":"#named"},
            "d":{"allOf":[{"$ref":"#/$defs/one%20two~1three"}]}
            """,
            ""","$defs":{"one """
                + """two/three":{"type":"integer"},"x":{"$anchor":"named","type":"boolean"}}"""
                + ""","definitions":{"place":{"title":"Place","properties":{"city":{"type":"string"}}}}"""
        );
        Assert.Equal(["a", "b_city", "c", "d"], form.Keys);
        Assert.Equal("integer", form["d"].GetProperty("type").GetString());
        Assert.Equal("Where: city", form["b_city"].GetProperty("description").GetString());
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"#"},"b":{}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/properties/a"},"b":{}}}""")]
    [InlineData("""{"properties":{"a":{"anyOf":[{"$ref":"#/properties/a"}]},"b":{}}}""")]
    public void A_schema_that_refers_to_itself_ends(string schema)
    {
        var problem = Problem(schema);
        Assert.True(problem?.Contains("refers to itself", StringComparison.Ordinal) ?? MapAll(schema).Keys.Contains("b"));
    }

    [Fact]
    public void References_that_multiply_are_given_up()
    {
        static string Properties(int level) =>
            string.Join(',', Enumerable.Range(0, 10).Select(i => $"\"p{i}\":{{\"$ref\":\"#/$defs/d{level}\"}}"));
        var definitions = string.Join(
            ',',
            Enumerable.Range(0, 30).Select(i => $"\"d{i}\":{{\"properties\":{{{Properties(i + 1)}}}}}")
        );
        Assert.Contains(
            "too often",
            Problem($"{{\"properties\":{{{Properties(0)}}},\"$defs\":{{{definitions},\"d30\":{{}}}}}}"),
            StringComparison.Ordinal
        );
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
    public void A_root_that_is_only_a_reference_is_followed()
    {
        const string Schema =
            """{"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"#/$defs/Form","$defs":{"Form":"""
            + """{"properties":{"a":{"type":"integer"}}}}}""";
        Assert.Equal(["a"], MapAll(Schema).Keys);
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
