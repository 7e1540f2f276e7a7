using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace McpFunctionApp.Tests.Authority.OpenIddictServer;

/// <summary>The tokens of an <see cref="OpenIddictAuthority"/>: what signs them, whose they are, and which are revoked.</summary>
public sealed class AuthorityTokens(string issuer, TimeProvider clock)
{
    // Made once: a key takes far longer to make than all that a test does with it.
    private static readonly RsaSecurityKey[] s_keys = [NewKey(), NewKey()];

    private readonly ConcurrentDictionary<string, bool> _revoked = new();

    /// <summary>What signs them, and is published.</summary>
    public RsaSecurityKey Key { get; private set; } = s_keys[0];

    /// <summary>The life of those for the server.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromHours(1);

    /// <summary>A token for the server, as a user who signed in has it.</summary>
    public string For(string user, string scope = "forms.read", string audience = OpenIddictAuthority.ServerAudience)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = issuer,
                Audiences = { audience, OpenIddictAuthority.ServerClient },
                TokenType = "at+jwt",
                IssuedAt = now,
                NotBefore = now,
                Expires = now + Life,
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = user,
                    ["scope"] = scope,
                    ["jti"] = Guid.NewGuid().ToString(),
                    ["client_id"] = OpenIddictAuthority.PublicClient,
                },
                SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
            }
        );
    }

    /// <summary>Who a token was given to, where it is one of this authority's for this audience and in force.</summary>
    /// <returns>Null for any other.</returns>
    public async Task<string?> UserOfAsync(string token, string audience)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = issuer,
                ValidAudience = audience,
                IssuerSigningKey = Key,
                LifetimeValidator = (_, to, _, _) => to > clock.GetUtcNow().UtcDateTime,
            }
        );
        return result.IsValid ? (string)result.Claims["sub"] : null;
    }

    /// <summary>From now on no token is given for this one.</summary>
    public void Revoke(string token) => _revoked[IdOf(token)] = true;

    public bool IsRevoked(string token) => _revoked.ContainsKey(IdOf(token));

    public void ReplaceKey() => Key = s_keys[1];

    private static string IdOf(string token) => new JsonWebToken(token).Id;

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };
}
