using System.Text;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Settings;
using McpFunctionApp.Sources;
using McpFunctionApp.Tests.Schemas;
using Microsoft.Extensions.Configuration;

namespace McpFunctionApp.Tests.Sources;

/// <summary>A form API's answer, read and mapped as in the product; every schema made in these tests is checked for
/// safety.</summary>
internal sealed record MappedForm(FormSchema Schema, FormNotes Notes)
{
    /// <summary>The settings as they are without any.</summary>
    public static SchemaOptions Settings { get; } = SchemaOptions.Read(new SettingsReader(new ConfigurationBuilder().Build()));

    /// <summary>Their limits.</summary>
    public static FormLimits Limits => Settings.Limits;

    public string Json => Schema.InputSchema.GetRawText();

    public IReadOnlyList<string> Keys => [.. Schema.InputSchema.GetProperty("properties").EnumerateObject().Select(p => p.Name)];

    public IReadOnlyList<string> Required =>
        Schema.InputSchema.TryGetProperty("required", out var names)
            ? [.. names.EnumerateArray().Select(n => n.GetString()!)]
            : [];

    public JsonElement this[string key] => Schema.InputSchema.GetProperty("properties").GetProperty(key);

    /// <summary>The schema of the only parameter, as JSON text.</summary>
    public string Only => this[Assert.Single(Keys)].GetRawText();

    /// <param name="fields">The entries of the fieldList.</param>
    public static MappedForm Of(string fields, string[]? groups = null, FormLimits? limits = null)
    {
        var notes = new FormNotes();
        var answer = FormReader.Read(Encoding.UTF8.GetBytes($$"""{"fieldList":[{{fields}}]}"""), notes, out var problem);
        Assert.True(answer is not null, problem);
        var schema = FormMapper.Map(answer, groups is null ? null : [.. groups], limits ?? Limits, notes);
        SchemaSafety.Check(schema.InputSchema, (limits ?? Limits).MaxSchemaBytes);
        return new MappedForm(schema, notes);
    }

    /// <summary>A form of one field <c>f</c> of this type with these further members.</summary>
    public static MappedForm OfField(string type, string members = "", FormLimits? limits = null) =>
        Of($$"""{"name":"F","paramName":"f","type":"{{type}}"{{(members.Length > 0 ? "," : "")}}{{members}}}""", limits: limits);

    /// <summary>Options with the labels <c>prefix 1</c> to <c>prefix count</c>.</summary>
    public static string Options(int count, string prefix = "Option") =>
        $"""
            "options":[{string.Join(',', Enumerable.Range(1, count).Select(i => $"\"{prefix} {i}\""))}]
            """;
}
