using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Sources;

/// <summary>Whatever a form holds, every mapped schema passes <see cref="SchemaSafety"/>, which <see cref="MappedForm"/>
/// checks.</summary>
public sealed class HostileFormTests
{
    [Fact]
    public void Every_text_in_every_place_gives_a_safe_schema()
    {
        var all = new List<string>();
        foreach (var text in HostileValues.Texts)
        {
            var json = JsonSerializer.Serialize(text);
            var fields = HostileValues
                .Types.Select(type =>
                    $$"""
                        {"name":{{json}},"paramName":{{json}},"type":"{{type}}","description":{{json}},"required":true,
                        "defaultValue":{{json}},"options":[{{json}},{{json}},{"label":{{json}},"value":1}]}
                        """
                )
                .Append($$"""{"name":{{json}},"description":{{json}},"required":true}""")
                .Append($$"""{"paramName":{{json}},"type":{{json}}}""")
                .ToList();
            all.AddRange(fields);
            foreach (var field in fields)
            {
                MappedForm.Of($$"""{{field}},{"paramName":"other"}""");
            }
        }

        Assert.NotEmpty(MappedForm.Of(string.Join(',', all)).Keys);
    }

    [Fact]
    public void Every_value_of_every_member_in_every_type_gives_a_safe_schema_and_spares_the_other_fields()
    {
        string[] members =
        [
            "name",
            "type",
            "description",
            "required",
            "requesterRequired",
            "hidden",
            "groupIds",
            "options",
            "defaultValue",
            "minLength",
            "maxLength",
        ];
        foreach (
            var (type, member, value) in from t in HostileValues.Types
            from m in members
            from v in HostileValues.Values
            select (t, m, v)
        )
        {
            var own = member == "type" ? "" : $"\"type\":\"{type}\",";
            var form = MappedForm.Of($$"""{"paramName":"a"},{"paramName":"f",{{own}}"{{member}}":{{value}}},{"paramName":"z"}""");
            Assert.Equal("a", form.Keys[0]);
            Assert.Equal("z", form.Keys[^1]);
        }
    }

    [Fact]
    public void Every_pair_of_limits_with_every_default_gives_a_safe_schema()
    {
        foreach (
            var (type, min, max, value) in from t in HostileValues.Types
            from a in HostileValues.Limits
            from b in HostileValues.Limits
            from v in (string[])["1", "\"x\"", "[\"x\"]", "1e308"]
            select (t, a, b, v)
        )
        {
            MappedForm.OfField(type, $"\"minLength\":{min},\"maxLength\":{max},\"defaultValue\":{value},\"options\":[\"x\",1]");
        }
    }

    [Fact]
    public void Ten_thousand_fields_with_one_key_keep_distinct_keys()
    {
        var fields = string.Join(
            ',',
            Enumerable.Range(0, 10_000).Select(i => $$"""{"name":"{{new string('k', 70)}}","description":"{{i}}"}""")
        );
        var form = MappedForm.Of(fields, limits: MappedForm.Limits with { MaxFields = 10_000, MaxSchemaBytes = 4_194_304 });
        Assert.Equal(10_000, form.Keys.Count);
    }

    [Fact]
    public void A_hundred_thousand_options_are_read_and_keep_their_values()
    {
        var options = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $$"""{"id":{{i}},"name":"Same"}"""));
        var form = MappedForm.OfField("DropDownFieldRest", $"\"options\":[{options}],\"defaultValue\":99999");
        Assert.Equal("Same (100000)", form["f"].GetProperty("default").GetString());
        Assert.Contains("100,000", form["f"].GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal("99999", form.Schema.Properties[0].Options[^1].ValueJson);
        Assert.InRange(Encoding.UTF8.GetByteCount(form.Json), 1, 2_000);
    }

    [Fact]
    public void The_static_tools_schemas_are_as_safe()
    {
        foreach (var kind in (PropertyKind[])[PropertyKind.Text, PropertyKind.Number, PropertyKind.Choices])
        {
            SchemaSafety.Check(JsonSchemaWriter.Write([FormProperty.Plain("a", kind, "What it is.")]));
        }
    }

    [Fact]
    public void The_check_itself_finds_what_clients_reject()
    {
        foreach (
            var bad in (string[])
                [
                    """{"type":"object","properties":{"a b":{"type":"string"}},"additionalProperties":false}""",
                    """{"type":"object","properties":{},"required":[],"additionalProperties":false}""",
                    """{"type":"object","properties":{},"additionalProperties":true}""",
                    """{"type":"object","properties":{},"additionalProperties":false,"oneOf":[]}""",
                    """{"$schema":"x","type":"object","properties":{},"additionalProperties":false}""",
                    """{"type":"object","properties":{"a":{"type":"array"}},"additionalProperties":false}""",
                    """{"type":"object","properties":{"a":{"enum":["x"]}},"additionalProperties":false}""",
                    """{"type":"object","properties":{"a":{"type":"string","enum":[1]}},"additionalProperties":false}""",
                    """{"type":"object","properties":{"a":{"type":"string","format":"date"}},"additionalProperties":false}""",
                    """{"type":"object","properties":{"a":{"type":"string","enum":["x"],"default":"y"}}"""
                        + ""","additionalProperties":false}""",
                    """{"type":"object","properties":{"a":{"type":"string","description":"<b>"}},"additionalProperties":false}""",
                ]
        )
        {
            Assert.ThrowsAny<Exception>(() => SchemaSafety.Check(JsonElement.Parse(bad)));
        }
    }
}
