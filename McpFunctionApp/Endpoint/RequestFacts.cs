using McpFunctionApp.Asking;
using McpFunctionApp.Callers;
using McpFunctionApp.Messages;
using McpFunctionApp.Replies;
using McpFunctionApp.Telemetry;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>What a tool handler needs to know of the HTTP request behind a message; travels in the message's context.</summary>
/// <param name="Call">What a call carries for its tool.</param>
/// <param name="Tools">What has already been looked up for this message.</param>
/// <param name="Operation">For telemetry; null where nobody listens.</param>
/// <param name="Claim">What the request has taken of the process's memory, for what its answer takes; null where nobody
/// counts.</param>
public sealed record RequestFacts(
    Caller? Caller,
    string Revision,
    string Method,
    ToolCall Call,
    MessageTools Tools,
    McpOperation? Operation = null,
    BytesInFlight.Claim? Claim = null
)
{
    private const string Key = "McpFunctionApp.RequestFacts";

    public bool IsPerRequest => Revision == ProtocolRevisions.PerRequest;

    public static RequestFacts Of(JsonRpcMessage message) =>
        (RequestFacts)(
            message.Context?.Items?[Key] ?? throw new InvalidOperationException("The message came without its request's facts.")
        );

    public void AttachTo(JsonRpcMessageContext context) => context.Items = new Dictionary<string, object?> { [Key] = this };
}
