using McpFunctionApp.Callers;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Schemas;

namespace McpFunctionApp.Execution;

/// <summary>A call of a form's tool whose arguments have been validated.</summary>
/// <param name="Arguments">An object with the caller's values under the parameters' names.</param>
public sealed record FormCall(FormOptions Form, FormSchema Schema, Caller Caller, JsonElement Arguments);

/// <summary>Runs validated calls. Expected failures are error replies; only the unexpected throws.</summary>
public interface IFormCallHandler
{
    Task<ToolReply> HandleAsync(FormCall call, CancellationToken cancellationToken);
}
