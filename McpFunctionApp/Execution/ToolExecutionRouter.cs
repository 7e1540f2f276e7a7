using System.Collections.Frozen;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Execution;

/// <summary>Takes a validated call to the handler of its tool, or to the default handler where the tool has none of its
/// own.</summary>
public sealed class ToolExecutionRouter(IReadOnlyDictionary<string, IFormCallHandler> handlers, IFormCallHandler otherwise)
{
    private readonly FrozenDictionary<string, IFormCallHandler> _handlers = handlers.ToFrozenDictionary(StringComparer.Ordinal);

    public Task<ToolReply> RouteAsync(FormCall call, CancellationToken cancellationToken) =>
        _handlers.GetValueOrDefault(call.Form.Tool, otherwise).HandleAsync(call, cancellationToken);
}
