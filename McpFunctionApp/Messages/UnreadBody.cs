using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace McpFunctionApp.Messages;

/// <summary>
/// Reads what is left of a refused request's body and throws it away, once the answer is out: a client or a host in
/// front that is still sending would otherwise find its connection broken before it has looked for the answer.
/// </summary>
internal static class UnreadBody
{
    private const long MaxBytes = 1_048_576;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static async Task DiscardAsync(HttpContext context, TimeProvider time)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return;
        }

        await context.Response.CompleteAsync();
        if (!await IsReadToItsEndAsync(context.Request, time))
        {
            // Whoever goes on sending does not look for an answer.
            context.Abort();
        }
    }

    private static async Task<bool> IsReadToItsEndAsync(HttpRequest request, TimeProvider time)
    {
        var pipe = request.BodyReader;
        await using var deadline = time.CreateTimer(_ => pipe.CancelPendingRead(), null, s_patience, Timeout.InfiniteTimeSpan);
        try
        {
            for (var discarded = 0L; discarded <= MaxBytes; )
            {
                var read = await pipe.ReadAsync();
                discarded += read.Buffer.Length;
                pipe.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || read.IsCanceled)
                {
                    return read.IsCompleted;
                }
            }

            return false;
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException or OperationCanceledException)
        {
            // The client has gone, or what it sent was no body: it has its answer.
            return true;
        }
    }
}
