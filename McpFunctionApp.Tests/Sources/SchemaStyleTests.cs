using System.Text;
using System.Text.Json.Nodes;
using Json.Schema;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;
using McpFunctionApp.Submissions;
using McpFunctionApp.Tests.Arguments;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Properties;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Sources;

/// <summary>
/// Schemas of many styles, with a validator of JSON Schema as the judge: what a call of the tool takes, the schema takes,
/// as it is submitted. Some are what npm packages ship, read where the tests have installed them.
/// </summary>
public sealed class SchemaStyleTests
{
    private const int Calls = 600;

    // Half of them match some pattern.
    private static readonly string[] s_texts =
    [
        "AB-1",
        "ABCD-007",
        "AB-\u0661",
        "AB-1\n",
        "abc",
        "xa c",
        "word_1",
        "w\u00f6rd",
        "a\nc",
        "#/a",
        "https://a.example/x",
        "_a.b-c",
        "",
        " ",
    ];

    /// <summary>A name, a schema, and how many of its members become parameters.</summary>
    public static TheoryData<string, int, string> Written { get; } =
        new()
        {
            {
                "2020-12 with $defs",
                5,
                """
                    {"$schema":"https://json-schema.org/draft/2020-12/schema","$defs":{"site":{"type":"string","enum":["Berlin",
                    "Wien"]}},"type":"object",
                     "properties":{"home":{"$ref":"#/$defs/site"},"work":{"$ref":"#/$defs/site","title":"Work"},
                     "days":{"type":"integer","minimum":1,"exclusiveMaximum":8},
                     "share":{"type":"number","exclusiveMinimum":0,"maximum":1},"note":{"type":["string","null"],
                     "maxLength":20}},"required":["home","days"],"additionalProperties":false}
                    """
            },
            {
                "draft 7 with definitions",
                3,
                """
                    {"$schema":"http://json-schema.org/draft-07/schema#","definitions":{"id":{"type":"string",
                    "pattern":"^[A-Z]{2,4}-\\d+$"}},"type":"object",
                     "properties":{"ticket":{"$ref":"#/definitions/id"},"level":{"enum":[1,2,3]},"on":{"type":"string",
                     "format":"date"}},"required":["ticket"]}
                    """
            },
            {
                "of a form library",
                5,
                """
                    {"title":"A form","type":"object","required":["firstName","age"],"properties":{"firstName":{"type":"string",
                    "title":"First name","default":"Chuck"},
                     "age":{"type":"integer","title":"Age","maximum":150,"minimum":0},"bio":{"type":"string","minLength":3},
                     "color":{"type":"string","enum":["r","g"],"enumNames":["Red","Green"]},
                     "password":{"type":"string","format":"password"},"files":{"type":"array","items":{"type":"string",
                     "format":"data-url"}},"tags":{"type":"array","items":{"type":"object"}}}}
                    """
            },
            {
                "of a class with optional members",
                4,
                """
                    {"$defs":{"Kind":{"enum":["a","b"],"title":"Kind","type":"string"}},"properties":{"name":{"title":"Name",
                    "type":"string"},
                     "age":{"anyOf":[{"type":"integer","minimum":0},{"type":"null"}],"default":null,"title":"Age"},
                     "kind":{"allOf":[{"$ref":"#/$defs/Kind"}],"default":"a"},
                     "kinds":{"anyOf":[{"items":{"$ref":"#/$defs/Kind"},"type":"array","minItems":1,"maxItems":2},
                     {"type":"null"}],"default":null}},"required":["name"],"title":"Model","type":"object"}
                    """
            },
            {
                "of titled constants",
                4,
                """
                    {"type":"object","properties":{"risk":{"oneOf":[{"const":1,"title":"Low"},{"const":2,"title":"High"},
                    {"const":{"id":3},"title":"Odd"}]},
                     "systems":{"type":"array","uniqueItems":true,"items":{"anyOf":[{"const":"m","title":"Mail"},{"const":"n",
                     "title":"Net"}]}},"kind":{"const":"change"},"agree":{"const":true},
                     "or":{"oneOf":[{"const":"x"},{"enum":["y","z"]}]}},"required":["risk","systems","kind","agree"]}
                    """
            },
            {
                "of objects within objects",
                8,
                """
                    {"type":"object","properties":{"who":{"type":"object","properties":{"name":{"type":"string","minLength":2},
                    "mail":{"type":"string","format":"email"}},"required":["name"]},
                     "where":{"properties":{"site":{"enum":["B","W"]},"deep":{"properties":{"room":{"type":"string"},
                     "floor":{"type":"integer","default":1}},"required":["room"]}},"required":["site"]},
                     "window":{"type":"object","properties":{"start":{"type":"string","format":"date-time"},"fixed":{"const":5},
                     "must":{"type":"object","properties":{"x":{"type":"boolean"}}},"hours":{"type":"number","default":2.5}},
                     "required":["fixed","must"]}},"required":["who"]}
                    """
            },
            {
                "of alternatives",
                4,
                """
                    {"properties":{"a":{"oneOf":[{"type":"string","maxLength":3},{"type":"integer"}]},
                    "b":{"anyOf":[{"type":"object"},{"type":"number","maximum":5}]},
                     "c":{"oneOf":[{"type":"string"},{"maxLength":5}]},"d":{"type":["integer","boolean"]},
                     "e":{"oneOf":[{"type":"number"},{"type":"integer"}]},"f":{"anyOf":[{"enum":["x",1]},{"const":2}],
                     "type":"integer"}}}
                    """
            },
            {
                "of limits",
                7,
                """
                    {"properties":{"a":{"type":"string","minLength":2,"maxLength":4},"b":{"type":"string","pattern":"^\\w+$",
                    "maxLength":8},"c":{"type":"string","pattern":"a.c"},
                     "d":{"type":"integer","multipleOf":1,"minimum":-3,"maximum":3},"e":{"type":"number","multipleOf":0.5},
                     "f":{"type":"array","items":{"enum":["x","y","z"]},"minItems":2},
                     "g":{"type":"string","pattern":"^(?!x)"},"h":{"enum":["aa","bbb","c"],"maxLength":2},"i":{"type":"integer",
                     "exclusiveMinimum":-1.5}}}
                    """
            },
            {
                "of what no parameter can express",
                1,
                """
                    {"properties":{"plain":{},"not":{"not":{"type":"string"}},"if":{"if":{"minLength":3},"then":{"maxLength":4}},
                    "objects":{"type":"array","items":{"properties":{"a":{}}}},
                     "map":{"type":"object","additionalProperties":{"type":"string"}},
                     "tuple":{"prefixItems":[{"type":"string"}]},"file":{"type":"string","contentEncoding":"base64"},
                     "far":{"$ref":"https://elsewhere.example/x"}}}
                    """
            },
            {
                "combined from parts",
                3,
                """
                    {"$defs":{"base":{"properties":{"a":{"type":"string"},"b":{"minimum":1}},"required":["a"]}},
                    "allOf":[{"$ref":"#/$defs/base"}],
                     "properties":{"b":{"type":"integer","maximum":9},"c":{"type":"string","allOf":[{"minLength":2},
                     {"maxLength":4}]}},"required":["c"]}
                    """
            },
        };

    [Theory]
    [MemberData(nameof(Written))]
    public void What_the_tool_takes_the_schema_takes(string style, int parameters, string schema)
    {
        var (form, judged) = Judge(style, schema);
        Assert.Equal(parameters, form.Properties.Length);
        Assert.InRange(judged, Calls / 60, Calls);
    }

    [NodeTheory]
    [InlineData("ajv/dist/refs/json-schema-draft-07.json")]
    [InlineData("ajv/dist/refs/json-schema-2020-12/meta/validation.json")]
    [InlineData("ajv/dist/refs/json-schema-2020-12/meta/meta-data.json")]
    [InlineData("ajv/dist/refs/json-schema-2020-12/meta/content.json")]
    public async Task The_same_holds_for_schemas_that_packages_ship(string file)
    {
        var folder = Path.Combine(NodeRig.ProjectDirectory, "node");
        await NodeRig.InstallAsync(folder);
        var (form, judged) = Judge(file, await File.ReadAllTextAsync(Path.Combine(folder, "node_modules", file)));
        Assert.InRange(form.Properties.Length, 1, 60);
        Assert.InRange(judged, Calls / 60, Calls);
    }

    /// <returns>The form, and how many calls of it were submitted and judged.</returns>
    private static (FormSchema Form, int Judged) Judge(string style, string schema)
    {
        var answer = FormReader.Read(Encoding.UTF8.GetBytes(schema), new FormNotes(), out var problem);
        Assert.True(answer is not null, problem);
        var form = FormMapper.Map(answer, null, MappedForm.Limits, new FormNotes());
        Assert.Null(form.Obstacle);
        SchemaSafety.Check(form.InputSchema);
        var judge = JsonSchema.FromText(ForJudge(schema));
        var random = new Random(15);
        var judged = 0;
        for (var call = 0; call < Calls; call++)
        {
            var reading = ReadArguments.Of(form, Arguments(form, random));
            if (reading.Problems.Count == 0)
            {
                var body = Encoding.UTF8.GetString(SubmissionBody.Write(reading.Form).Span);
                Assert.True(judge.Evaluate(JsonElement.Parse(body)).IsValid, $"{style} refuses {body}");
                judged++;
            }
        }

        return (form, judged);
    }

    /// <summary>As the validator takes it: under a name of its own, without keywords that no draft knows, and with static
    /// references for dynamic ones.</summary>
    private static string ForJudge(string schema)
    {
        var root = JsonNode
            .Parse(schema.Replace("\"$dynamicRef\": \"#meta\"", "\"$ref\": \"#\"", StringComparison.Ordinal))!
            .AsObject();
        root.Remove("$id");
        root.Remove("$dynamicAnchor");
        root.Remove("$vocabulary");
        foreach (var property in root["properties"]!.AsObject().Select(property => property.Value).OfType<JsonObject>())
        {
            property.Remove("enumNames");
        }

        // First, since the validator reads in order.
        var judge = new JsonObject
        {
            ["$schema"] = root["$schema"]?.DeepClone() ?? "https://json-schema.org/draft/2020-12/schema",
        };
        foreach (var (name, value) in root.Where(member => member.Key != "$schema"))
        {
            judge[name] = value?.DeepClone();
        }

        return judge.ToJsonString();
    }

    private static JsonElement Arguments(FormSchema form, Random random)
    {
        var arguments = JsonNode.Parse(LooseArguments.For(form, random, likely: random.Next(6, 11)).GetRawText())!.AsObject();
        foreach (var property in form.Properties.Where(property => !property.Required && random.Next(form.Properties.Length) > 4))
        {
            // Of very many values one is wrong nearly always.
            arguments.Remove(property.Key);
        }

        foreach (
            var property in form.Properties.Where(property =>
                property.Pattern is not null && (property.Required || arguments.ContainsKey(property.Key))
            )
        )
        {
            arguments[property.Key] = s_texts[random.Next(s_texts.Length)];
        }

        return JsonElement.Parse(arguments.ToJsonString());
    }
}
