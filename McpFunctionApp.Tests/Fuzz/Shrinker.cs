namespace McpFunctionApp.Tests.Fuzz;

/// <summary>Takes away from a failing request whatever it fails without.</summary>
internal static class Shrinker
{
    public static async Task<FuzzRequest> ShrinkAsync(FuzzRequest request, Func<FuzzRequest, Task<bool>> fails, TimeSpan atMost)
    {
        using var limit = new CancellationTokenSource(atMost);
        var smallest = request;
        async Task<bool> TryAsync(FuzzRequest smaller)
        {
            if (limit.IsCancellationRequested || !await fails(smaller))
            {
                return false;
            }

            smallest = smaller;
            return true;
        }

        await TryAsync(smallest with { Line = FuzzRequest.UsualLine });
        await TryAsync(smallest with { Framing = null });
        for (var at = smallest.Headers.Count - 1; at >= 0; at--)
        {
            await TryAsync(smallest with { Headers = smallest.Headers.RemoveAt(at) });
        }

        for (var size = smallest.Body.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= smallest.Body.Length; )
            {
                var body = smallest.Body;
                at += await TryAsync(smallest with { Body = [.. body[..at], .. body[(at + size)..]] }) ? 0 : size;
            }
        }

        return smallest;
    }
}
