namespace McpFunctionApp.Replies;

/// <summary>
/// Writes large answers in pieces, each only after the client has read most of what came before: an answer that nobody
/// reads costs what it is made of, and no second copy in the server's buffers.
/// </summary>
public static class BodyPieces
{
    /// <summary>What is written at once, in bytes: a smaller answer needs no pieces.</summary>
    public const int Size = 32_768;

    public static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        for (; bytes.Length > 0; bytes = bytes[Math.Min(Size, bytes.Length)..])
        {
            // Writing to the body also flushes it, which waits for the client.
            await response.Body.WriteAsync(bytes[..Math.Min(Size, bytes.Length)], cancellationToken);
        }
    }
}
