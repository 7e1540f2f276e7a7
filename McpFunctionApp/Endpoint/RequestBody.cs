using Microsoft.AspNetCore.Connections;

namespace McpFunctionApp.Endpoint;

/// <summary>Reads a request's body within its limit.</summary>
internal static class RequestBody
{
    /// <exception cref="BadHttpRequestException">The body is no HTTP, or came too slowly.</exception>
    /// <returns>The bytes, or null where there are more than <paramref name="limit"/>.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        // What the client announces is not trusted with memory: the buffer grows with what arrives. One byte more than
        // announced, so that the end is found without growing.
        var buffer = new byte[(int)Math.Min(request.ContentLength ?? 4_095, 16_383) + 1];
        var length = 0;
        int read;
        while ((read = await ReadAsync(request, buffer.AsMemory(length))) > 0)
        {
            length += read;
            if (length > limit)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * length, limit + 1L));
            }
        }

        return buffer.AsMemory(0, length);
    }

    private static async Task<int> ReadAsync(HttpRequest request, Memory<byte> buffer)
    {
        try
        {
            // Without a token: a connection that ends also ends the read, and a read that is cancelled beside that is one
            // that Kestrel takes to be under way still, which it logs as an error.
            return await request.Body.ReadAsync(buffer);
        }
        catch (IOException e) when (e is not (BadHttpRequestException or ConnectionResetException))
        {
            // Kestrel throws a plain one for a chunk size beyond its numbers, which is the client's fault like any other.
            throw new BadHttpRequestException("Unreadable body", StatusCodes.Status400BadRequest, e);
        }
    }
}
