using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Execution;

/// <summary>A call of a form's tool whose arguments have been read without a problem.</summary>
public sealed record FormCall(FormOptions Form, Caller Caller, FilledForm Filled)
{
    /// <summary>The values by parameter, after conversion and with the form's defaults: what a receipt and a recorded request
    /// show. JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Arguments { get; } = Filled.ToUtf8();

    /// <summary>What a form API can know a repeated submission by; null: a new one is made for this call.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>Runs validated calls. Expected failures are error replies; only the unexpected throws.</summary>
public interface IFormCallHandler
{
    Task<ToolReply> HandleAsync(FormCall call, CancellationToken cancellationToken);
}
