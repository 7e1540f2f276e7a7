namespace McpFunctionApp.Endpoint;

/// <summary>Reads a request's body within its limit.</summary>
internal static class RequestBody
{
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
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > limit)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
