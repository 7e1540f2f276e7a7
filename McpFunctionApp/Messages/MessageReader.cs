using McpFunctionApp.Replies;

namespace McpFunctionApp.Messages;

/// <summary>A request's body is read, and what is made of it finds room and its turn.</summary>
public sealed class MessageReader(EndpointOptions options, BytesInFlight bytes, LargeMessages large, TimeProvider time)
{
    /// <summary>What the headers alone decide of a body.</summary>
    public Rejection? CheckHeaders(HttpRequest request) =>
        HttpRules.Check(request, options) ?? RequestBody.CheckLength(request, options);

    /// <returns>Counts what this request takes of the process's memory, until it is disposed.</returns>
    public BytesInFlight.Claim Begin() => bytes.Begin();

    /// <exception cref="BadHttpRequestException">The body is no HTTP, or came too slowly.</exception>
    public Task<(ReadOnlyMemory<byte> Body, Rejection? Rejection)> ReadBodyAsync(
        HttpRequest request,
        BytesInFlight.Claim claim
    ) => RequestBody.ReadAsync(request, options, claim, time);

    /// <param name="answer">Answers the message that the body holds.</param>
    public ValueTask<Rejection?> RunAsync(
        ReadOnlyMemory<byte> body,
        BytesInFlight.Claim claim,
        Func<IncomingMessage, Task<Rejection?>> answer,
        CancellationToken cancellationToken
    ) =>
        new(
            body.Length <= BodyBuffer.Uncounted
                ? ParseAndRunAsync(body, answer)
                : RunLargeAsync(body, claim, answer, cancellationToken)
        );

    private async Task<Rejection?> RunLargeAsync(
        ReadOnlyMemory<byte> body,
        BytesInFlight.Claim claim,
        Func<IncomingMessage, Task<Rejection?>> answer,
        CancellationToken cancellationToken
    )
    {
        if (!await claim.TakeAsync(MessageScan.WeightOf(body.Span), cancellationToken))
        {
            return BodyRefusal.Busy(MessageScan.IdOf(body.Span));
        }

        return await large.RunAsync(() =>
            MessageScan.HasTooManyValues(body.Span)
                ? Task.FromResult<Rejection?>(BodyRefusal.TooManyValues(MessageScan.IdOf(body.Span)))
                : ParseAndRunAsync(body, answer)
        );
    }

    private static async Task<Rejection?> ParseAndRunAsync(
        ReadOnlyMemory<byte> body,
        Func<IncomingMessage, Task<Rejection?>> answer
    )
    {
        var (message, unreadable) = IncomingMessage.Read(body);
        if (message is null)
        {
            return unreadable;
        }

        using (message)
        {
            return await answer(message);
        }
    }
}
