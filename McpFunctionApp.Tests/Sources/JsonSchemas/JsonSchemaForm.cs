using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Sources.JsonSchemas;

/// <summary>A JSON Schema, read and mapped as the answer of a form API.</summary>
internal static class JsonSchemaForm
{
    /// <param name="properties">The members of <c>properties</c>.</param>
    /// <param name="rest">Further members of the root, each with a comma before it.</param>
    public static MappedForm Map(string properties, string rest = "") => MapAll($$"""{"properties":{{{properties}}}{{rest}}}""");

    public static MappedForm MapAll(string schema)
    {
        var notes = new FormNotes();
        var answer = FormReader.Read(Encoding.UTF8.GetBytes(schema), notes, out var problem);
        Assert.True(answer is not null, problem);
        var form = FormMapper.Map(answer, null, MappedForm.Limits, notes);
        SchemaSafety.Check(form.InputSchema);
        return new MappedForm(form, notes);
    }

    public static string? Problem(string schema) =>
        FormReader.Read(Encoding.UTF8.GetBytes(schema), new FormNotes(), out var problem) is null ? problem : null;
}
