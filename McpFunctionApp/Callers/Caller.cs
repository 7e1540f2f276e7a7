using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace McpFunctionApp.Callers;

/// <summary>
/// Who is calling: the bearer token and what it says of itself. Unless <see cref="IsVerified"/>, the claims of a JWT are
/// read without being trusted: they may make a cache entry shorter or a form smaller, and nothing else.
/// </summary>
public sealed class Caller
{
    private readonly string _groupsClaim;
    private JwtClaims? _claims;

    private Caller(string token, string fingerprint, string groupsClaim)
    {
        Token = token;
        Fingerprint = fingerprint;
        _groupsClaim = groupsClaim;
    }

    /// <summary>
    /// For the Authorization header of calls made as this caller: the token as received, or where a form has an exchange
    /// and <see cref="SendingAs"/> was called for it, the one exchanged for it. Never log or store it.
    /// </summary>
    public string Token { get; }

    /// <summary>SHA-256 of the whole token as received, 64 lower-case hex digits: what caches and logs know a caller
    /// by.</summary>
    public string Fingerprint { get; }

    /// <summary>The first 8 digits of <see cref="Fingerprint"/>: enough to follow a caller through a log.</summary>
    public string Short => Fingerprint[..8];

    /// <summary>What the check against the authority came to.</summary>
    public TokenStanding Standing { get; private init; }

    /// <summary>What was wrong with the token, as the end of a sentence that starts with "it"; empty where nothing was.</summary>
    public string Finding { get; private init; } = "";

    /// <summary>Whether the authority's signature stands behind the claims, and the token is in force here.</summary>
    public bool IsVerified => Standing == TokenStanding.Verified;

    /// <summary>Whether the token may be given to a form API.</summary>
    public bool MayBeSentOn => Standing is TokenStanding.Unchecked or TokenStanding.Verified;

    // Read when first asked for: what is answered from memory needs none of them.
    private JwtClaims Claims => _claims ??= JwtClaims.Read(Token, _groupsClaim);

    public string? Issuer => Claims.Issuer;

    public string? Subject => Claims.Subject;

    /// <summary>The groups the token names; null where it names none, so that nothing is known about them.</summary>
    public ImmutableArray<string>? Groups => Claims.Groups;

    /// <summary>The token's own end (<c>exp</c>); null where it gives none.</summary>
    public DateTimeOffset? ExpiresAt => Claims.ExpiresAt;

    /// <summary>The scopes that the token names in <c>scp</c> or <c>scope</c>.</summary>
    public ImmutableArray<string> Scopes => Claims.Scopes;

    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;

    public static Caller FromToken(string token, string groupsClaim) => new(token, FingerprintOf(token), groupsClaim);

    public Caller With(TokenStanding standing, string finding = "") =>
        new(Token, Fingerprint, _groupsClaim)
        {
            _claims = _claims,
            Standing = standing,
            Finding = finding,
        };

    /// <summary>The same caller, known by the same fingerprint and claims, with a form API's own token in the place of the
    /// received one.</summary>
    public Caller SendingAs(string token) =>
        new(token, Fingerprint, _groupsClaim)
        {
            _claims = Claims,
            Standing = Standing,
            Finding = Finding,
        };

    /// <summary>The short fingerprint only, so that no message can show a token by accident.</summary>
    public override string ToString() => Short;

    private static string FingerprintOf(string token)
    {
        var length = Encoding.UTF8.GetMaxByteCount(token.Length);
        var utf8 = length <= 4_096 ? stackalloc byte[length] : new byte[length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(token, utf8)], hash);
        return Convert.ToHexStringLower(hash);
    }
}
