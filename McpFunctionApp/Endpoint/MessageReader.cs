using McpFunctionApp.Replies;

namespace McpFunctionApp.Endpoint;

/// <summary>A request's body becomes one message, as far as the process has room for it.</summary>
public sealed class MessageReader(EndpointOptions options, BytesInFlight bytes, TimeProvider time)
{
    /// <summary>What the headers alone decide of a body.</summary>
    public Rejection? CheckHeaders(HttpRequest request) => HttpRules.Check(request, options) ?? RequestBody.CheckLength(request, options);

    /// <returns>Counts what this request takes of the process's memory, until it is disposed.</returns>
    public BytesInFlight.Claim Begin() => bytes.Begin();

    /// <exception cref="BadHttpRequestException">The body is no HTTP, or came too slowly.</exception>
    public Task<(ReadOnlyMemory<byte> Body, Rejection? Rejection)> ReadBodyAsync(HttpRequest request, BytesInFlight.Claim claim) =>
        RequestBody.ReadAsync(request, options, claim, time);

    /// <returns>The message, or why it is none.</returns>
    public static async ValueTask<(IncomingMessage? Message, Rejection? Rejection)> ParseAsync(
        ReadOnlyMemory<byte> body, BytesInFlight.Claim claim, CancellationToken cancellationToken)
    {
        var hasRoom = body.Length <= BodyBuffer.Uncounted || await claim.TakeAsync(MessageScan.WeightOf(body.Span), cancellationToken);
        return hasRoom ? IncomingMessage.Read(body) : (null, BodyRefusal.Busy(MessageScan.IdOf(body.Span)));
    }
}
