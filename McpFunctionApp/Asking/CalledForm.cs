using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Asking;

/// <summary>One call of the tool that a caller's form has become.</summary>
public sealed record CalledForm(FormOptions Options, FormSchema Schema, Caller Caller, ToolCall Call)
{
    /// <summary>Whether the person behind the client may be asked something.</summary>
    public bool MayAsk => Call.CanAsk && Options.Ask != AskMode.Never;
}
