using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using McpFunctionApp.Execution;
using McpFunctionApp.Forms;
using McpFunctionApp.Schemas;

namespace McpFunctionApp.Catalog;

/// <summary>How each form is listed as a tool, made once for all callers who share it and forgotten with the last of them.</summary>
public sealed class ListedForms(IReadOnlyList<FormOptions> forms)
{
    private readonly FrozenDictionary<string, ConditionalWeakTable<FormSchema, ListedTool>> _listed =
        forms.ToFrozenDictionary(form => form.Tool, _ => new ConditionalWeakTable<FormSchema, ListedTool>(), StringComparer.Ordinal);

    public ListedTool Of(FormOptions form, FormSchema schema)
    {
        var listed = _listed[form.Tool];
        return listed.TryGetValue(schema, out var known) ? known : listed.GetValue(schema, fresh => Make(form, fresh));
    }

    private static ListedTool Make(FormOptions form, FormSchema schema) => new(
        form.Tool,
        form.Title,
        schema.Note.Length == 0 ? form.Description : $"{form.Description} {schema.Note}",
        schema.InputSchema,
        Receipt.OutputSchema,
        isReadOnly: false);
}
