using McpFunctionApp.Asking;
using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Lookups;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Catalog;

/// <summary>The tools that a caller's forms have become: each form's own, that of its drafts, and the one that looks for
/// options.</summary>
public sealed class FormTools(
    CallerForms forms,
    ListedForms listed,
    FormTool formTool,
    DraftTool draftTool,
    FindOptionsTool findOptions
)
{
    /// <summary>Adds the tools of all forms that the caller has, in the order of the settings.</summary>
    public void AddTo(List<ListedTool> tools, ResolvedForm[] resolved)
    {
        LongFields? all = null;
        foreach (var (form, schema, _, _) in resolved)
        {
            if (schema is not null && listed.AddTo(tools, form, schema) is { } fields)
            {
                all = all?.With(fields) ?? fields;
            }
        }

        if (all is not null)
        {
            tools.Add(listed.LookupOf(all).Listed);
        }
    }

    /// <returns>The tool, or one that says why it is not offered now; null for a name that no form's tool has.</returns>
    public async ValueTask<ToolLookup?> FindAsync(string name, Caller? caller, CancellationToken cancellationToken)
    {
        if (name == AskSettings.FindOptions)
        {
            return FindOptions(caller, await forms.ResolveAllAsync(caller, cancellationToken));
        }

        var form = forms.All.FirstOrDefault(f => f.Tool == name || f.DraftTool == name);
        if (form is null)
        {
            return null;
        }

        var resolved = await forms.ResolveAsync(form, caller, cancellationToken);
        var verdict = CallerForms.VerdictOf(caller, [resolved]);
        var lookup = resolved.Schema is { } schema
            ? new ToolLookup(name == form.Tool ? Run(form, schema, caller!) : RunDraft(form, schema, caller!), verdict)
            : ToolLookup.Missing(resolved.Fallback! with { Tool = name }, verdict);
        return lookup with { IsAudited = true, Form = resolved.Schema };
    }

    private ToolLookup FindOptions(Caller? caller, ResolvedForm[] resolved)
    {
        var verdict = CallerForms.VerdictOf(caller, resolved);
        LongFields? all = null;
        foreach (var (form, schema, _, _) in resolved)
        {
            if (schema is not null && listed.LongFieldsOf(form, schema) is { } fields)
            {
                all = all?.With(fields) ?? fields;
            }
        }

        if (all is not null)
        {
            var lookup = listed.LookupOf(all);
            return new ToolLookup(
                (call, _) => Task.FromResult(findOptions.Run(lookup.Fields, lookup.Parameters, call.Arguments)),
                verdict
            );
        }

        // A form that is missing for a moment may have such a field.
        var missing = Array.Find(resolved, r => r.Fallback is { IsOfForm: false })?.Fallback;
        return missing is null
            ? ToolLookup.Unknown with
            {
                Verdict = verdict,
            }
            : ToolLookup.Missing(missing with { Tool = AskSettings.FindOptions }, verdict);
    }

    private Func<ToolCall, CancellationToken, Task<ToolReply>> Run(FormOptions form, FormSchema schema, Caller caller) =>
        (call, cancellationToken) => formTool.RunAsync(new CalledForm(form, schema, caller, call), cancellationToken);

    private Func<ToolCall, CancellationToken, Task<ToolReply>> RunDraft(FormOptions form, FormSchema schema, Caller caller) =>
        (call, cancellationToken) => draftTool.RunAsync(form, schema, caller, call.Arguments, cancellationToken);
}
