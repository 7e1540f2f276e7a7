using static McpFunctionApp.Tests.Sources.JsonSchemas.JsonSchemaForm;

namespace McpFunctionApp.Tests.Sources.JsonSchemas;

/// <summary>What a member of a JSON Schema becomes: a parameter, or a warning.</summary>
public sealed class JsonSchemaTests
{
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
}
