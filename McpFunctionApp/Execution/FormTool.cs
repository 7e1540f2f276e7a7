using McpFunctionApp.Callers;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Schemas;

namespace McpFunctionApp.Execution;

/// <summary>Runs the tool that a caller's form has become: reads the arguments, and hands what is complete to its handler.</summary>
public sealed class FormTool(ArgumentReader reader, ToolExecutionRouter router)
{
    public async Task<ToolReply> RunAsync(FormOptions form, FormSchema schema, Caller caller, JsonElement arguments, CancellationToken cancellationToken)
    {
        var (filled, problems) = reader.Read(schema, arguments, ArgumentReader.FormMayHaveChanged);
        return problems.Count > 0
            ? problems.ToReply()
            : await router.RouteAsync(new FormCall(form, caller, filled), cancellationToken);
    }
}
