using Microsoft.AspNetCore.Connections;

namespace McpFunctionApp.Endpoint;

/// <summary>Reads a request's body within its limit.</summary>
internal static class RequestBody
{
    /// <exception cref="BadHttpRequestException">The body is no HTTP, or came too slowly.</exception>
    /// <returns>The bytes, or null where there are more than <paramref name="limit"/>.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        // What the client announces is not trusted with memory: the buffer grows with what arrives.
        using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, 16_384));
        var buffer = new byte[16_384];
        int read;
        while ((read = await ReadAsync(request, buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > limit)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static async Task<int> ReadAsync(HttpRequest request, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await request.Body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e) when (e is not (BadHttpRequestException or ConnectionResetException))
        {
            // Kestrel throws a plain one for a chunk size beyond its numbers, which is the client's fault like any other.
            throw new BadHttpRequestException("Unreadable body", StatusCodes.Status400BadRequest, e);
        }
    }
}
