using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using Microsoft.Extensions.Caching.Memory;

namespace McpFunctionApp.Catalog;

/// <summary>
/// Logs when a caller falls back to static tools, when the reason changes, and when the tool is back: changes only, so
/// that a client that lists every minute does not fill the log. Remembers a bounded number of callers.
/// </summary>
public sealed partial class FallbackLog(ILogger<FallbackLog> logger) : IDisposable
{
    private const int MaxRemembered = 20_000;

    private readonly Lock _gate = new();
    private readonly MemoryCache _reasons = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    public void Note(Caller? caller, string tool, ToolFallback? fallback)
    {
        var key = (caller?.Fingerprint, tool);
        if (Before(key) == fallback?.Reason || !Change(key, fallback?.Reason))
        {
            return;
        }

        var who = caller?.ToString() ?? "without a token";
        if (fallback is null)
        {
            LogRestored(tool, who);
        }
        else
        {
            LogFallback(who, tool, fallback.ReasonName, fallback.Detail.Length == 0 ? "" : $" ({fallback.Detail})");
        }
    }

    public void Dispose() => _reasons.Dispose();

    private FallbackReason? Before((string?, string) key) => _reasons.TryGetValue(key, out FallbackReason reason) ? reason : null;

    /// <summary>False where another request has noted the same change first.</summary>
    private bool Change((string?, string) key, FallbackReason? reason)
    {
        lock (_gate)
        {
            if (Before(key) == reason)
            {
                return false;
            }

            if (reason is { } now)
            {
                _reasons.Set(key, now, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) });
            }
            else
            {
                _reasons.Remove(key);
            }

            return true;
        }
    }

    [LoggerMessage(
        3000,
        LogLevel.Warning,
        "Static tools only for caller {Caller}: {Tool} is not offered, reason {Reason}{Detail}"
    )]
    private partial void LogFallback(string caller, string tool, string reason, string detail);

    [LoggerMessage(3001, LogLevel.Information, "{Tool} is offered to caller {Caller} again")]
    private partial void LogRestored(string tool, string caller);
}
