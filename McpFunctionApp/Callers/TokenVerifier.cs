using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace McpFunctionApp.Callers;

/// <summary>
/// Checks a token against the authority before anything else is done with it: signature, issuer, audience and lifetime,
/// with 60 seconds for clocks that differ. What has been verified is known for a bounded number of tokens, until the
/// token's end or the next set of keys, so that a signature is not computed on each request.
/// </summary>
public sealed partial class TokenVerifier(
    AuthorityOptions authority,
    AuthorityKeys keys,
    TimeProvider time,
    ILogger<TokenVerifier> logger
) : IDisposable
{
    private const int MaxRemembered = 20_000;

    // A token that does not name its key is tried against the authority's keys: each costs a signature's check.
    private const int MaxKeysTried = 8;
    private const string Unavailable = "its authority's signing keys cannot be had";

    private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pauseBetweenLines = TimeSpan.FromMinutes(1);

    // Asymmetric ones only: with any other the authority's public key could be used as a secret that everybody knows.
    private static readonly string[] s_algorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSha384,
        SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new();
    private readonly MemoryCache _verified = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });
    private long _quietUntil;

    /// <summary>Whatever a check throws, be it the library's fault, is a refusal: a token must not end a request with an
    /// exception.</summary>
    public async ValueTask<Caller> CheckAsync(Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await JudgeAsync(caller, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            NoteFault(caller, e);
            return caller.With(TokenStanding.Refused, "it cannot be read");
        }
    }

    public void Dispose() => _verified.Dispose();

    private async ValueTask<Caller> JudgeAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (await IsKnownAsync(caller, cancellationToken))
        {
            return caller.With(TokenStanding.Verified);
        }

        if (Read(caller.Token) is not { } token)
        {
            return caller.With(TokenStanding.Refused, "it is not a signed JWT");
        }

        if (!s_algorithms.Contains(token.Alg))
        {
            return caller.With(TokenStanding.Refused, "its signature algorithm is not accepted");
        }

        if (token.TryGetHeaderValue<object>("crit", out _))
        {
            // RFC 7515, section 4.1.11: what must be understood, and is not, makes the token invalid.
            return caller.With(TokenStanding.Refused, "it asks for a rule that is not known here");
        }

        return await keys.GetAsync(cancellationToken) is { } known
            ? await CheckAsync(caller, token, known, cancellationToken)
            : caller.With(TokenStanding.Unverifiable, Unavailable);
    }

    private async ValueTask<bool> IsKnownAsync(Caller caller, CancellationToken cancellationToken) =>
        _verified.TryGetValue(caller.Fingerprint, out Verified? before)
        && time.GetUtcNow().UtcDateTime - s_skew < before!.End
        && ReferenceEquals(before.By, await keys.GetAsync(cancellationToken));

    private async Task<Caller> CheckAsync(
        Caller caller,
        JsonWebToken token,
        OpenIdConnectConfiguration known,
        CancellationToken cancellationToken
    )
    {
        var result = await _handler.ValidateTokenAsync(token, Parameters(token, known));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            known = await keys.GetNewerAsync(known, cancellationToken);
            result = await _handler.ValidateTokenAsync(token, Parameters(token, known));
        }

        if (!result.IsValid)
        {
            return result.Exception is SecurityTokenSignatureKeyNotFoundException && keys.AreUncertain
                ? caller.With(TokenStanding.Unverifiable, Unavailable)
                : caller.With(TokenStanding.Refused, Describe(result.Exception));
        }

        _verified.Set(
            caller.Fingerprint,
            new Verified(known, token.ValidTo),
            new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) }
        );
        return caller.With(TokenStanding.Verified);
    }

    private JsonWebToken? Read(string token)
    {
        try
        {
            return _handler.CanReadToken(token) ? _handler.ReadJsonWebToken(token) : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or JsonException or FormatException)
        {
            return null;
        }
    }

    private TokenValidationParameters Parameters(JsonWebToken token, OpenIdConnectConfiguration known)
    {
        var namesNoKey = string.IsNullOrEmpty(token.Kid);
        return new TokenValidationParameters
        {
            ValidIssuer = known.Issuer,
            ValidAudience = authority.Audience,
            ValidAlgorithms = s_algorithms,
            IssuerSigningKeys = namesNoKey
                ? known.SigningKeys.Where(key => Fits(key, token.Alg)).Take(MaxKeysTried)
                : known.SigningKeys,
            TryAllIssuerSigningKeys = namesNoKey,
            LifetimeValidator = (from, to, _, _) => IsInForce(from, to),
        };
    }

    private static bool Fits(SecurityKey key, string algorithm) => key.CryptoProviderFactory.IsSupportedAlgorithm(algorithm, key);

    /// <summary>At most one line a minute: the sender chooses how many of them there would be.</summary>
    private void NoteFault(Caller caller, Exception fault)
    {
        var now = time.GetUtcNow().UtcTicks;
        var until = Interlocked.Read(ref _quietUntil);
        if (now >= until && Interlocked.CompareExchange(ref _quietUntil, now + s_pauseBetweenLines.Ticks, until) == until)
        {
            // The type alone: the library's text may quote the token.
            LogFault(caller, fault.GetType().Name);
        }
    }

    /// <summary>The library's own rule, by this app's clock.</summary>
    private bool IsInForce(DateTime? from, DateTime? to)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return to is null ? throw new SecurityTokenNoExpirationException()
            : to <= now - s_skew ? throw new SecurityTokenExpiredException()
            : from > now + s_skew ? throw new SecurityTokenNotYetValidException()
            : true;
    }

    /// <summary>A few fixed words: the library's own text quotes the token's claims.</summary>
    private static string Describe(Exception exception) =>
        exception switch
        {
            SecurityTokenExpiredException => "it has expired",
            SecurityTokenNotYetValidException => "it is not valid yet",
            SecurityTokenNoExpirationException => "it has no expiry",
            SecurityTokenInvalidAudienceException => "it is for another audience",
            SecurityTokenInvalidIssuerException => "it is from another issuer",
            SecurityTokenSignatureKeyNotFoundException => "its authority has no such signing key",
            SecurityTokenInvalidSignatureException => "its signature is wrong",
            _ => "it is not valid",
        };

    private sealed record Verified(OpenIdConnectConfiguration By, DateTime End);

    [LoggerMessage(8002, LogLevel.Warning, "The token of caller {Caller} is refused, since its check failed with {Fault}")]
    private partial void LogFault(Caller caller, string fault);
}
