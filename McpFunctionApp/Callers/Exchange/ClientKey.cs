using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Duende.IdentityModel.Client;
using McpFunctionApp.Settings;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace McpFunctionApp.Callers.Exchange;

/// <summary>
/// A private key of this server's own (<c>private_key_jwt</c>): each request carries a JWT signed with it, good for five
/// minutes. It is typed and meant for the authority's issuer, as RFC 7523 is being revised to say
/// (draft-ietf-oauth-rfc7523bis); where the key's certificate stands in the same file, it is as Entra wants it: meant for
/// the token endpoint, and naming the certificate by its thumbprints.
/// </summary>
internal sealed class ClientKey(string clientId, SigningCredentials signing, X509Certificate2? certificate) : ClientCredential
{
    private const int SmallestRsa = 2048;

    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(5);

    private readonly JsonWebTokenHandler _handler = new();

    public override string Setting => "KeyFile";

    /// <param name="file">PEM: one private key without a passphrase, and its certificate where the authority knows the key by
    /// it.</param>
    /// <returns>Null where a fault was noted.</returns>
    public static ClientKey? Read(SettingsSection section, string file, string clientId)
    {
        try
        {
            var pem = File.ReadAllText(file);
            return ReadKey(pem) is { } key ? Create(key, CertificatesOf(pem), clientId) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            section.Fault(
                "KeyFile",
                $"cannot be read ({e.GetType().Name}): it must be the path of a PEM file that this process may read."
            );
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            section.Fault(
                "KeyFile",
                "holds no usable key: it must be PEM with one private key, RSA of at least 2048 bits or EC (P-256, P-384, "
                    + "P-521), without a passphrase, and where it holds certificates, the key's own among them."
            );
        }

        return null;
    }

    public override ValueTask AddToAsync(
        ProtocolRequest request,
        OpenIdConnectConfiguration? authority,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var audience = certificate is null ? authority?.Issuer : null;
        AddAssertion(request, Sign(audience ?? request.Address!, now.UtcDateTime));
        return ValueTask.CompletedTask;
    }

    private string Sign(string audience, DateTime now) =>
        _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = clientId,
                Audience = audience,
                Claims = new Dictionary<string, object> { ["sub"] = clientId, ["jti"] = Guid.NewGuid().ToString() },
                IssuedAt = now,
                NotBefore = now,
                Expires = now + s_life,
                SigningCredentials = signing,
                TokenType = certificate is null ? "client-authentication+jwt" : "JWT",
                AdditionalHeaderClaims = certificate is null
                    ? null
                    : new Dictionary<string, object>
                    {
                        ["x5t#S256"] = Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256)),
                    },
            }
        );

    /// <exception cref="ArgumentException">There is no key, or there are several.</exception>
    private static AsymmetricAlgorithm ReadKey(string pem)
    {
        try
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return rsa;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            var ec = ECDsa.Create();
            ec.ImportFromPem(pem);
            return ec;
        }
    }

    private static X509Certificate2Collection CertificatesOf(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates;
    }

    /// <exception cref="CryptographicException">The key is public only, too small, of another curve, or not that of any of the
    /// certificates.</exception>
    private static ClientKey Create(AsymmetricAlgorithm key, X509Certificate2Collection certificates, string clientId)
    {
        _ = key.ExportPkcs8PrivateKey();
        var algorithm = AlgorithmOf(key);
        if (certificates.Count == 0)
        {
            return new ClientKey(
                clientId,
                new SigningCredentials(
                    key is RSA plain ? new RsaSecurityKey(plain) : new ECDsaSecurityKey((ECDsa)key),
                    algorithm
                ),
                null
            );
        }

        var own =
            certificates.FirstOrDefault(certificate =>
                certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo())
            ) ?? throw new CryptographicException("No certificate is the key's.");
        var both = key is RSA rsa ? own.CopyWithPrivateKey(rsa) : own.CopyWithPrivateKey((ECDsa)key);
        return new ClientKey(clientId, new SigningCredentials(new X509SecurityKey(both), algorithm), own);
    }

    private static string AlgorithmOf(AsymmetricAlgorithm key) =>
        key switch
        {
            RSA { KeySize: >= SmallestRsa } => SecurityAlgorithms.RsaSha256,
            ECDsa { KeySize: 256 } => SecurityAlgorithms.EcdsaSha256,
            ECDsa { KeySize: 384 } => SecurityAlgorithms.EcdsaSha384,
            ECDsa { KeySize: 521 } => SecurityAlgorithms.EcdsaSha512,
            _ => throw new CryptographicException("The key is too small, or of another curve."),
        };
}
