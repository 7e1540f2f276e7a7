namespace McpFunctionApp.Replies;

/// <summary>Reads a body of HTTP of which only so much is wanted. A chunked or compressed one announces no length that holds: it
/// is
/// counted as it comes in.</summary>
internal static class BoundedBody
{
    private const int SmallBody = 65_536;

    /// <summary>Reads at most <paramref name="limit"/> bytes after decompression; null where there are more.</summary>
    /// <param name="goesOn">Asked once, where there are more than 64 KiB: false ends the reading with null.</param>
    /// <exception cref="InvalidDataException">What came could not be decompressed.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        HttpContent content,
        int limit,
        CancellationToken cancellationToken,
        Func<CancellationToken, ValueTask<bool>>? goesOn = null
    )
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        return await ReadAsync(stream, limit, cancellationToken, goesOn);
    }

    /// <inheritdoc cref="ReadAsync(HttpContent, int, CancellationToken, Func{CancellationToken, ValueTask{bool}})"/>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        Stream stream,
        int limit,
        CancellationToken cancellationToken,
        Func<CancellationToken, ValueTask<bool>>? goesOn = null
    )
    {
        using var body = new MemoryStream();
        var buffer = new byte[16_384];
        int read;
        while ((read = await ReadPartAsync(stream, buffer, cancellationToken)) > 0)
        {
            var isLarge = body.Length + read > SmallBody && body.Length <= SmallBody;
            if (body.Length + read > limit || (isLarge && goesOn is not null && !await goesOn(cancellationToken)))
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static async ValueTask<int> ReadPartAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            // What Brotli throws at data that is none; the other encodings throw this themselves.
            throw new InvalidDataException("The answer could not be decompressed.", e);
        }
    }
}
