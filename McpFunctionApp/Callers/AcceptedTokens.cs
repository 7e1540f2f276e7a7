using Microsoft.Extensions.Caching.Memory;

namespace McpFunctionApp.Callers;

/// <summary>
/// The tokens that this instance has seen accepted, by a form API or by the local check: their fingerprints, at most
/// 20,000, each until an hour has passed without its use. Whoever is not among them is a stranger, and shares what
/// strangers may use up.
/// </summary>
public sealed class AcceptedTokens : IDisposable
{
    private const int MaxRemembered = 20_000;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    public bool Contains(Caller caller) => _known.TryGetValue(caller.Fingerprint, out _);

    public void Add(Caller caller)
    {
        if (!Contains(caller))
        {
            _known.Set(
                caller.Fingerprint,
                true,
                new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) }
            );
        }
    }

    public void Remove(Caller caller) => _known.Remove(caller.Fingerprint);

    public void Dispose() => _known.Dispose();
}
