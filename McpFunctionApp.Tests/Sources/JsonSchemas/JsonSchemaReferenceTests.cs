using static McpFunctionApp.Tests.Sources.JsonSchemas.JsonSchemaForm;

namespace McpFunctionApp.Tests.Sources.JsonSchemas;

/// <summary>References of a JSON Schema are followed within the document, and end.</summary>
public sealed class JsonSchemaReferenceTests
{
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

    [Fact]
    public void A_root_that_is_only_a_reference_is_followed()
    {
        const string Schema =
            """{"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"#/$defs/Form","$defs":{"Form":"""
            + """{"properties":{"a":{"type":"integer"}}}}}""";
        Assert.Equal(["a"], MapAll(Schema).Keys);
    }
}
