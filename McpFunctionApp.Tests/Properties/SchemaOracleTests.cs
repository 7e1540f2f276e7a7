using System.Text.Json.Nodes;
using Json.Schema;
using McpFunctionApp.Forms;
using McpFunctionApp.Tests.Arguments;

namespace McpFunctionApp.Tests.Properties;

/// <summary>The reader and the listed schema agree, with a validator of JSON Schema as the judge.</summary>
public sealed class SchemaOracleTests
{
    private int _judged;

    [Fact]
    public void What_the_listed_schema_accepts_the_reader_accepts_but_for_blanks_dates_and_unlisted_options()
    {
        Runs.ForAll(
            AnyForm.Cases,
            31,
            form =>
            {
                var schema = form.Map();
                var arguments = LooseArguments.For(schema, new Random(form.Seed), likely: 9);
                if (
                    !HasSharedKeys(schema)
                    && !schema.Properties.Any(property => IsExempt(property, arguments))
                    && Accepts(schema.InputSchema, arguments) == true
                )
                {
                    Assert.Empty(ReadArguments.Of(schema, arguments).Problems.Told);
                    _judged++;
                }
            },
            runs: 600
        );
        Assert.InRange(_judged, 100, int.MaxValue);
    }

    [Fact]
    public void Whatever_is_converted_is_as_the_listed_schema_says()
    {
        Runs.ForAll(
            AnyForm.Cases,
            32,
            form =>
            {
                var schema = form.Map();
                var (filled, problems) = ReadArguments.Of(schema, LooseArguments.For(schema, new Random(form.Seed), likely: 4));
                var judge = problems.Count == 0 ? schema.InputSchema : WithoutRequired(schema.InputSchema);
                Assert.True(
                    Accepts(judge, filled.ToJson()) != false || HasSharedKeys(schema),
                    $"{filled.ToJson()} is not as {judge} says"
                );
                _judged += filled.Values.Length;
            },
            runs: 600
        );
        Assert.InRange(_judged, 500, int.MaxValue);
    }

    /// <returns>Null for numbers that are too large for the judge.</returns>
    private static bool? Accepts(JsonElement schema, JsonElement arguments)
    {
        try
        {
            return JsonSchema.FromText(schema.GetRawText()).Evaluate(arguments).IsValid;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JsonElement WithoutRequired(JsonElement schema)
    {
        var copy = JsonNode.Parse(schema.GetRawText())!.AsObject();
        copy.Remove("required");
        return JsonElement.Parse(copy.ToJsonString());
    }

    private static bool HasSharedKeys(FormSchema schema) =>
        schema.Properties.DistinctBy(property => property.OriginalKey).Count() < schema.Properties.Length;

    private static bool IsExempt(FormProperty property, JsonElement arguments) =>
        arguments.TryGetProperty(property.Key, out var value)
        && (
            (property.Required && IsBlank(property, value))
            || property.Kind is PropertyKind.Date or PropertyKind.DateTime
            || (!property.Options.IsEmpty && !property.ListsOptions)
            || (value.ValueKind == JsonValueKind.Number && !double.IsFinite(value.GetDouble()))
        );

    /// <summary>Whether it holds nothing: blanks, or options that a form has for "none".</summary>
    private static bool IsBlank(FormProperty property, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString())
                || property.Options.Any(option =>
                    option.Label == value.GetString() && string.IsNullOrWhiteSpace(option.ValueJson.Trim('"'))
                ),
            JsonValueKind.Array => value.EnumerateArray().All(entry => IsBlank(property, entry)),
            _ => false,
        };
}
