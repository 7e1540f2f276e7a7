namespace McpFunctionApp.Sample;

/// <summary>Reads a request body of at most 256 KiB.</summary>
internal static class SampleBody
{
    public const int MaxBytes = 256 * 1024;

    /// <summary>The body, or null where it is too large.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;

        // A chunked body announces no length: it is counted as it comes in.
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > MaxBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
