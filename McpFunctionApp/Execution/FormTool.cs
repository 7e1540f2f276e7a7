using McpFunctionApp.Callers;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Schemas;

namespace McpFunctionApp.Execution;

/// <summary>One caller's form as a tool that runs.</summary>
public sealed class FormTool(FormOptions form, FormSchema schema, Caller caller, ToolExecutionRouter router)
{
    public async Task<ToolReply> RunAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        var problems = ArgumentValidator.Validate(schema.Properties, arguments);
        return problems.Count > 0
            ? ArgumentProblem.Reply(problems)
            : await router.RouteAsync(new FormCall(form, schema, caller, arguments), cancellationToken);
    }
}
