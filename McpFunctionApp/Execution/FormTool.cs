using McpFunctionApp.Callers;
using McpFunctionApp.Replies;
using McpFunctionApp.Schemas;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Execution;

/// <summary>One caller's form as a tool: how it is listed, and how it runs.</summary>
public sealed class FormTool(FormOptions form, FormSchema schema, Caller caller, ToolExecutionRouter router)
{
    /// <summary>Creates something outside this server each time it is called, and destroys nothing.</summary>
    public static Tool Definition(FormOptions form, FormSchema schema) => new()
    {
        Name = form.Tool,
        Title = form.Title,
        Description = schema.Note.Length == 0 ? form.Description : $"{form.Description} {schema.Note}",
        InputSchema = schema.InputSchema,
        OutputSchema = Receipt.OutputSchema,
        Annotations = new ToolAnnotations
        {
            Title = form.Title,
            ReadOnlyHint = false,
            DestructiveHint = false,
            IdempotentHint = false,
            OpenWorldHint = true,
        },
    };

    public async Task<ToolReply> RunAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        var problems = ArgumentValidator.Validate(schema.Properties, arguments);
        return problems.Count > 0
            ? ArgumentProblem.Reply(problems)
            : await router.RouteAsync(new FormCall(form, schema, caller, arguments), cancellationToken);
    }
}
