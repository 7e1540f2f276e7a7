using System.Text;
using System.Text.Json.Nodes;
using Json.Schema;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;
using McpFunctionApp.Submissions;
using McpFunctionApp.Tests.Arguments;
using McpFunctionApp.Tests.Properties;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Sources.JsonSchemas;

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

    [Theory]
    [MemberData(nameof(SchemaStyles.All), MemberType = typeof(SchemaStyles))]
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
