using System.Text;
using System.Text.Json.Nodes;
using McpFunctionApp.Execution;
using McpFunctionApp.Replies;
using McpFunctionApp.Tickets;

namespace McpFunctionApp.Asking;

/// <summary>Submits a call that has a key, once: of all that come with the same key, whichever instance they reach.</summary>
public sealed class SubmitOnce(ToolExecutionRouter router, Claims claims)
{
    private readonly KeptReceipts _receipts = new();

    /// <param name="call">With its idempotency key.</param>
    /// <param name="end">Until when the key can be used.</param>
    /// <param name="cancellationToken">Ends nothing once the key is claimed: it could not be used again.</param>
    internal async Task<ToolReply> RunAsync(FormCall call, DateTimeOffset end, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = call.IdempotencyKey!;
        var outcome = await claims.ClaimAsync(key, end);
        if (outcome != ClaimOutcome.Claimed)
        {
            return outcome == ClaimOutcome.Used
                ? Used(key)
                : AskingErrors.Unavailable("whether this was submitted before cannot be found out");
        }

        var reply = await router.RouteAsync(call, CancellationToken.None);
        if (!reply.Json.IsEmpty)
        {
            _receipts.Keep(key, reply.Json);
        }

        return reply;
    }

    private ToolReply Used(string key)
    {
        if (!_receipts.TryFind(key, out var receipt))
        {
            return ToolReply.Error(
                ErrorCodes.StateUsed,
                "This was sent before, and is not sent again. What came of it is not known here: check before repeating the "
                    + "request."
            );
        }

        return ToolReply.Error(
            ErrorCodes.StateUsed,
            $"This was submitted before, and is not submitted again. The receipt: {Encoding.UTF8.GetString(receipt.Span)}",
            new JsonObject { ["receipt"] = JsonNode.Parse(receipt.Span) }
        );
    }
}
