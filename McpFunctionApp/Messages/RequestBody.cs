using System.IO.Pipelines;
using McpFunctionApp.Replies;
using Microsoft.AspNetCore.Connections;

namespace McpFunctionApp.Messages;

/// <summary>Reads a request's body within its limit. What counts against the budget of the process must come quickly.</summary>
internal static class RequestBody
{
    // In bytes: 1 MiB in 42 s, waiting included.
    private const int SlowestPerSecond = 32_768;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>By <c>Content-Length</c> alone.</summary>
    public static Rejection? CheckLength(HttpRequest request, EndpointOptions options) =>
        request.ContentLength > options.MaxRequestBytes ? BodyRefusal.TooLarge(options) : null;

    /// <exception cref="BadHttpRequestException">The body is no HTTP, or came too slowly.</exception>
    /// <returns>The bytes; or why they are not read to their end.</returns>
    public static async Task<(ReadOnlyMemory<byte> Body, Rejection? Rejection)> ReadAsync(
        HttpRequest request,
        EndpointOptions options,
        BytesInFlight.Claim claim,
        TimeProvider time
    )
    {
        var pipe = request.BodyReader;
        var buffer = new BodyBuffer(request.ContentLength, options, claim);
        ITimer? deadline = null;
        try
        {
            while (true)
            {
                var read = await ReadAsync(pipe);
                var rejection = await buffer.AddAsync(read.Buffer, request.HttpContext.RequestAborted);
                pipe.AdvanceTo(read.Buffer.End);
                if (rejection is not null || read.IsCompleted)
                {
                    return (buffer.Written, rejection);
                }

                if (buffer.IsCounted)
                {
                    deadline ??= time.CreateTimer(
                        state => ((PipeReader)state!).CancelPendingRead(),
                        pipe,
                        Longest(request, options),
                        Timeout.InfiniteTimeSpan
                    );
                }
            }
        }
        finally
        {
            deadline?.Dispose();
        }
    }

    private static TimeSpan Longest(HttpRequest request, EndpointOptions options) =>
        s_patience + TimeSpan.FromSeconds((double)(request.ContentLength ?? options.MaxRequestBytes) / SlowestPerSecond);

    private static async ValueTask<ReadResult> ReadAsync(PipeReader pipe)
    {
        try
        {
            // Without a token: a connection that ends also ends the read, and a read that is cancelled beside that is one
            // that Kestrel takes to be under way still, which it logs as an error.
            var read = await pipe.ReadAsync();
            return !read.IsCanceled ? read : throw new BadHttpRequestException("Slow body", StatusCodes.Status408RequestTimeout);
        }
        catch (IOException e) when (e is not (BadHttpRequestException or ConnectionResetException))
        {
            // Kestrel throws a plain one for a chunk size beyond its numbers, which is the client's fault like any other.
            throw new BadHttpRequestException("Unreadable body", StatusCodes.Status400BadRequest, e);
        }
    }
}
