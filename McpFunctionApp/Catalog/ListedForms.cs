using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using McpFunctionApp.Asking;
using McpFunctionApp.Execution;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Lookups;

namespace McpFunctionApp.Catalog;

/// <summary>How each form is listed as tools, made once for all callers who share it and forgotten with the last of
/// them.</summary>
public sealed class ListedForms(IReadOnlyList<FormOptions> forms)
{
    // These tools are to take few bytes of a list.
    private const int MaxTitle = 24;

    // Hosts with MCP Apps show the form where this tool is called (specification 2026-01-26 of the extension).
    private static readonly JsonElement s_opensForm = JsonElement.Parse(
        $$$"""{"ui":{"resourceUri":"{{{Replies.ReplyMeta.FormResource}}}"}}"""
    );

    private readonly FrozenDictionary<string, ConditionalWeakTable<FormSchema, ListedForm>> _listed = forms.ToFrozenDictionary(
        form => form.Tool,
        _ => new ConditionalWeakTable<FormSchema, ListedForm>(),
        StringComparer.Ordinal
    );

    private readonly FrozenDictionary<string, ListedTool> _drafts = forms
        .Where(form => form.DraftTool is not null)
        .ToFrozenDictionary(form => form.Tool, Draft, StringComparer.Ordinal);

    private readonly ConditionalWeakTable<LongFields, OptionLookupTool> _lookups = [];

    /// <summary>Adds the form's tool, and that of its drafts where there is one.</summary>
    /// <returns>The fields whose options are not all listed; null where there is none.</returns>
    public LongFields? AddTo(List<ListedTool> tools, FormOptions form, FormSchema schema)
    {
        var listed = Of(form, schema);
        tools.Add(listed.Tool);
        if (_drafts.TryGetValue(form.Tool, out var draft))
        {
            tools.Add(draft);
        }

        return listed.LongFields;
    }

    public LongFields? LongFieldsOf(FormOptions form, FormSchema schema) => Of(form, schema).LongFields;

    /// <summary>The tool that looks for options of these fields.</summary>
    public OptionLookupTool LookupOf(LongFields fields) => _lookups.GetValue(fields, FindOptions);

    private ListedForm Of(FormOptions form, FormSchema schema)
    {
        var listed = _listed[form.Tool];
        return listed.TryGetValue(schema, out var known)
            ? known
            : listed.GetValue(schema, fresh => new ListedForm(Make(form, fresh), LongFields.Of(form.Tool, fresh)));
    }

    private static ListedTool Make(FormOptions form, FormSchema schema) =>
        new(
            form.Tool,
            form.Title,
            schema.Note.Length == 0 ? form.Description : $"{form.Description} {schema.Note}",
            () => schema.InputSchema,
            Receipt.OutputSchema,
            isReadOnly: false
        );

    // What it takes and gives is the same for every form, so that it is listed in few bytes.
    private static ListedTool Draft(FormOptions form) =>
        new(
            form.DraftTool!,
            $"Draft: {Replies.Quotable.Shorten(form.Title, MaxTitle)}",
            $"Checks values for {form.Tool}; submits nothing.",
            () => DraftTool.InputSchema,
            null,
            isReadOnly: true
        )
        {
            IsBrief = true,
            Meta = s_opensForm,
        };

    private static OptionLookupTool FindOptions(LongFields fields)
    {
        var parameters = FindOptionsTool.Parameters(fields);
        return new(
            new ListedTool(
                AskSettings.FindOptions,
                "Find options",
                "Looks options up that are too many to list.",
                () => parameters.InputSchema,
                null,
                isReadOnly: true
            )
            {
                IsBrief = true,
            },
            fields,
            parameters
        );
    }

    private sealed record ListedForm(ListedTool Tool, LongFields? LongFields);
}

/// <summary>The tool that looks for options of some fields.</summary>
/// <param name="Parameters">What it takes.</param>
public sealed record OptionLookupTool(ListedTool Listed, LongFields Fields, FormSchema Parameters);
