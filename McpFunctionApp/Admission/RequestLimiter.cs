using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;

namespace McpFunctionApp.Admission;

/// <summary>
/// Limits what one caller may send to this instance. A token counts as a caller of its own once it has been accepted;
/// until then, all that comes from its address shares one allowance, so that making tokens up gains nothing. Where
/// addresses tell nobody apart, since every request shows that of a proxy or of this machine, one stranger must not lock
/// all others out: they then share an allowance of the whole process, which is larger.
/// </summary>
/// <param name="addressHeader">The header in which a proxy writes the client's address; null: there is none.</param>
public sealed class RequestLimiter(RateLimitOptions options, string? addressHeader, AcceptedTokens accepted, TimeProvider time)
{
    private const int ProcessFactor = 10;
    private const int BytesPerPermit = 65_536;

    private readonly Allowances? _callers = Create(options.PermitsPerMinute, time);
    private readonly Allowances? _addresses = Create(options.PermitsPerMinute, time);
    private readonly Allowances? _process = Create(ProcessFactor * options.PermitsPerMinute, time, places: 1);
    private string? _firstAddress;
    private volatile bool _addressesDiffer;

    /// <summary>One permit for a request, and one more for each 64 KiB that it announces: reading a megabyte takes a hundred
    /// times as long.</summary>
    /// <returns>Zero where the request may go on; else how long to wait.</returns>
    public TimeSpan Take(HttpContext context, Caller? caller)
    {
        var permits = 1 + PermitsFor(context.Request.ContentLength ?? 0);
        return Find(context, caller) is var (allowances, key) ? allowances.Take(key, permits) : TimeSpan.Zero;
    }

    /// <summary>For a body whose length was not announced, once it has come.</summary>
    public void Spend(HttpContext context, Caller? caller, int bytes)
    {
        if (
            context.Request.ContentLength is null
            && PermitsFor(bytes) is > 0 and var permits
            && Find(context, caller) is var (allowances, key)
        )
        {
            allowances.Spend(key, permits);
        }
    }

    /// <summary>Learns what was found out about a token.</summary>
    public void Note(Caller? caller, TokenVerdict verdict)
    {
        if (caller is null)
        {
            return;
        }

        if (caller.IsVerified || verdict == TokenVerdict.Accepted)
        {
            accepted.Add(caller);
        }
        else if (caller.Standing == TokenStanding.Refused || verdict == TokenVerdict.Rejected)
        {
            accepted.Remove(caller);
        }
    }

    private static int PermitsFor(long bytes) => (int)Math.Min(bytes / BytesPerPermit, int.MaxValue - 1);

    private (Allowances Allowances, string Key)? Find(HttpContext context, Caller? caller) =>
        _callers is null ? null
        : caller is not null && accepted.Contains(caller) ? (_callers, caller.Fingerprint)
        : ClientAddress.Find(context, addressHeader) is { } address && TellsApart(address) ? (_addresses!, address)
        : (_process!, "");

    /// <summary>Whether not all requests show the same address, as they do behind a proxy whose header is not
    /// configured.</summary>
    private bool TellsApart(string address)
    {
        if (addressHeader is null && !_addressesDiffer)
        {
            var first = Interlocked.CompareExchange(ref _firstAddress, address, null) ?? address;
            _addressesDiffer = first != address;
            return _addressesDiffer;
        }

        return true;
    }

    private static Allowances? Create(int permitsPerMinute, TimeProvider time, int places = Allowances.ManyPlaces) =>
        permitsPerMinute == 0 ? null : new Allowances(permitsPerMinute, time, places);
}
