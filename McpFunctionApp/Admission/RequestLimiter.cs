using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Endpoint;
using Microsoft.Extensions.Caching.Memory;

namespace McpFunctionApp.Admission;

/// <summary>
/// Limits what one caller may send to this instance. A token counts as a caller of its own once it has been accepted;
/// until then, all that comes from its address shares one allowance, so that making tokens up gains nothing.
/// </summary>
public sealed class RequestLimiter(RateLimitOptions options, EndpointOptions endpoint, TimeProvider time) : IDisposable
{
    private const int MaxRemembered = 20_000;

    private readonly Allowances? _callers = Create(options, time);
    private readonly Allowances? _addresses = Create(options, time);
    private readonly MemoryCache _accepted = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <returns>Zero where the request may go on; else how long to wait.</returns>
    public TimeSpan Take(HttpContext context, Caller? caller) =>
        caller is not null && _accepted.TryGetValue(caller.Fingerprint, out _)
            ? _callers?.Take(caller.Fingerprint) ?? TimeSpan.Zero
            : _addresses?.Take(ClientAddress.Of(context, endpoint.ClientAddressHeader)) ?? TimeSpan.Zero;

    /// <summary>Learns what was found out about a token.</summary>
    public void Note(Caller? caller, TokenVerdict verdict)
    {
        if (_callers is null || caller is null)
        {
            return;
        }

        var isAccepted = caller.IsVerified || verdict == TokenVerdict.Accepted;
        if (isAccepted && !_accepted.TryGetValue(caller.Fingerprint, out _))
        {
            _accepted.Set(caller.Fingerprint, true, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) });
        }
        else if (!isAccepted && (caller.Standing == TokenStanding.Refused || verdict == TokenVerdict.Rejected))
        {
            _accepted.Remove(caller.Fingerprint);
        }
    }

    public void Dispose() => _accepted.Dispose();

    private static Allowances? Create(RateLimitOptions options, TimeProvider time) =>
        options.PermitsPerMinute == 0 ? null : new Allowances(options.PermitsPerMinute, time);
}
