using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace McpFunctionApp.Callers;

/// <summary>
/// The authority's issuer and keys, fetched when first needed, again each hour, and when a token's key is not among
/// them. However many tokens ask, one fetch is under way, and made-up key names cause one in 30 seconds.
/// </summary>
public sealed partial class AuthorityKeys(
    AuthorityOptions options,
    IHttpClientFactory http,
    TimeProvider time,
    ILogger<AuthorityKeys> logger
)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromHours(1);

    // Keys that the authority may have withdrawn are not used for ever while it cannot be asked.
    private static readonly TimeSpan s_usable = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pauseForUnknownKey = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private volatile Known? _known;
    private Task? _flight;
    private DateTimeOffset _askedAt;

    // Its own time: a key that is new just after the keys were fetched for another reason is looked for at once.
    private DateTimeOffset _askedForNewerAt;
    private volatile bool _failing;

    /// <summary>Whether the last fetch failed, so that there may be keys that nobody here knows.</summary>
    public bool AreUncertain => _failing;

    /// <returns>Null where they cannot be had at the moment.</returns>
    public async ValueTask<OpenIdConnectConfiguration?> GetAsync(CancellationToken cancellationToken)
    {
        if (Age() < s_fresh)
        {
            return _known!.Keys;
        }

        // While there are usable ones, nobody waits for newer ones.
        var flight = Fetch(ref _askedAt, s_pauseAfterFailure);
        if (Age() >= s_usable)
        {
            await flight.WaitAsync(cancellationToken);
        }

        return Age() < s_usable ? _known!.Keys : null;
    }

    /// <summary>For a token whose key is not among these: newer ones, or the same where it is too early to ask again.</summary>
    public async ValueTask<OpenIdConnectConfiguration> GetNewerAsync(
        OpenIdConnectConfiguration than,
        CancellationToken cancellationToken
    )
    {
        if (ReferenceEquals(_known!.Keys, than))
        {
            await Fetch(ref _askedForNewerAt, _failing ? s_pauseAfterFailure : s_pauseForUnknownKey).WaitAsync(cancellationToken);
        }

        return _known.Keys;
    }

    private TimeSpan Age() => _known is { } known ? time.GetUtcNow() - known.FetchedAt : TimeSpan.MaxValue;

    private Task Fetch(ref DateTimeOffset askedAt, TimeSpan pause)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_flight is { IsCompleted: false } flight)
            {
                return flight;
            }

            if (now - askedAt < pause)
            {
                return Task.CompletedTask;
            }

            askedAt = now;
            return _flight = Task.Run(FetchAsync);
        }
    }

    private async Task FetchAsync()
    {
        try
        {
            var keys = await OpenIdConnectConfigurationRetriever.GetAsync(
                options.Metadata.ToString(),
                http.CreateRetriever(options.Metadata),
                CancellationToken.None
            );
            if (string.IsNullOrEmpty(keys.Issuer) || keys.SigningKeys.Count == 0)
            {
                NoteFailure("its metadata names no issuer or no keys");
                return;
            }

            _known = new Known(keys, time.GetUtcNow());
            _failing = false;
            LogFetched(keys.SigningKeys.Count);
        }
        catch (Exception e)
        {
            // Whatever an authority answers must not take the server down; the text may hold what it answered.
            NoteFailure(e.GetBaseException().GetType().Name);
        }
    }

    private void NoteFailure(string problem)
    {
        if (!_failing)
        {
            _failing = true;
            LogFailed(problem);
        }
    }

    private sealed record Known(OpenIdConnectConfiguration Keys, DateTimeOffset FetchedAt);

    [LoggerMessage(8000, LogLevel.Information, "The authority's metadata and {Count} signing keys fetched")]
    private partial void LogFetched(int count);

    [LoggerMessage(8001, LogLevel.Warning, "The authority's signing keys could not be fetched (Callers:Authority): {Problem}")]
    private partial void LogFailed(string problem);
}
