using McpFunctionApp.Replies;

namespace McpFunctionApp.Sample;

/// <summary>Reads a request body of at most 256 KiB.</summary>
internal static class SampleBody
{
    public const int MaxBytes = 256 * 1024;

    /// <summary>The body, or null where it is too large.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken) =>
        request.ContentLength > MaxBytes ? null : await BoundedBody.ReadAsync(request.Body, MaxBytes, cancellationToken);
}
