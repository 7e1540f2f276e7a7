using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace McpFunctionApp.Sample;

/// <summary>One form: the UTF-8 bytes to serve, the keys a submission may use and the ones it must.</summary>
internal sealed record SampleForm(ReadOnlyMemory<byte> Bytes, FrozenSet<string> Keys, ImmutableArray<string> Required)
{
    public static SampleForm From(JsonObject form)
    {
        var usable = form["fieldList"]!.AsArray().Select(field => field!.AsObject()).Where(IsUsable).ToList();

        return new(
            SampleJson.Write(json => form.WriteTo(json)),
            usable.Select(KeyOf).ToFrozenSet(StringComparer.Ordinal),
            [.. usable.Where(IsRequired).Select(KeyOf)]
        );
    }

    /// <summary>A form that is a JSON Schema, of which a submission's own members are looked at, and not those within
    /// them.</summary>
    public static SampleForm FromSchema(JsonObject schema) =>
        new(
            SampleJson.Write(json => schema.WriteTo(json)),
            schema["properties"]!.AsObject().Select(property => property.Key).ToFrozenSet(StringComparer.Ordinal),
            [.. schema["required"]!.AsArray().Select(name => (string)name!)]
        );

    /// <summary>A form that is a list of questions.</summary>
    public static SampleForm FromQuestions(JsonObject form)
    {
        var questions = form["questions"]!
            .AsArray()
            .Select(question => question!.AsObject())
            .Where(question => (string?)question["type"] != "file")
            .ToList();
        return new(
            SampleJson.Write(json => form.WriteTo(json)),
            questions.Select(question => (string)question["id"]!).ToFrozenSet(StringComparer.Ordinal),
            [.. questions.Where(question => Has(question, "mandatory")).Select(question => (string)question["id"]!)]
        );
    }

    // Groups play no part here: the sample tokens say nothing about them, so no field is kept from a caller.
    private static bool IsUsable(JsonObject field) =>
        !Has(field, "hidden")
        && !Has(field, "removed")
        && !Has(field, "inActive")
        && (!Has(field, "requesterViewOnly") || Has(field, "requesterCanEdit"));

    private static bool IsRequired(JsonObject field) => Has(field, "required") || Has(field, "requesterRequired");

    private static bool Has(JsonObject field, string flag) => field[flag]?.GetValueKind() is JsonValueKind.True;

    // A form's own key, not what a tool's parameter is called: a name is not turned into snake case here.
    private static string KeyOf(JsonObject field) => (string?)field["paramName"] ?? (string)field["name"]!;
}
