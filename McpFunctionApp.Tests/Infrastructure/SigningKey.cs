using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>A real signing key and its public half as a JSON Web Key.</summary>
public sealed record SigningKey(string Id, string Algorithm, string PublicJwk, Func<byte[], byte[]> SignBytes)
{
    private static readonly RSA s_rsa = RSA.Create(2048);
    private static readonly RSA s_other = RSA.Create(2048);
    private static readonly ECDsa s_ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static SigningKey Rsa { get; } = OfRsa("rsa-1", s_rsa);

    public static SigningKey OtherRsa { get; } = OfRsa("rsa-2", s_other);

    public static SigningKey Pss { get; } =
        OfRsa("rsa-1", s_rsa) with
        {
            Algorithm = "PS256",
            SignBytes = bytes => s_rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        };

    public static SigningKey Ec { get; } = OfEc("ec-1", s_ec);

    /// <summary>The public RSA key used as a secret, in each form in which somebody could have it.</summary>
    public static IReadOnlyList<SigningKey> PublicKeyAsSecret { get; } =
    [
        .. new[]
        {
            Encoding.ASCII.GetBytes(s_rsa.ExportSubjectPublicKeyInfoPem()),
            s_rsa.ExportSubjectPublicKeyInfo(),
            s_rsa.ExportRSAPublicKey(),
            s_rsa.ExportParameters(false).Modulus!,
        }.Select(secret => Rsa with { Algorithm = "HS256", SignBytes = bytes => HMACSHA256.HashData(secret, bytes) }),
    ];

    public string Sign(string payload) => Sign($$"""{"alg":"{{Algorithm}}","typ":"JWT","kid":"{{Id}}"}""", payload);

    public string Sign(string header, string payload)
    {
        var text =
            $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}."
            + $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Base64Url.EncodeToString(SignBytes(Encoding.ASCII.GetBytes(text)))}";
    }

    private static SigningKey OfRsa(string id, RSA rsa)
    {
        var parts = rsa.ExportParameters(false);
        var (n, e) = (Base64Url.EncodeToString(parts.Modulus), Base64Url.EncodeToString(parts.Exponent));
        var jwk = $$"""{"kty":"RSA","use":"sig","kid":"{{id}}","n":"{{n}}","e":"{{e}}"}""";
        return new SigningKey(
            id,
            "RS256",
            jwk,
            bytes => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        );
    }

    private static SigningKey OfEc(string id, ECDsa ec)
    {
        var parts = ec.ExportParameters(false);
        var (x, y) = (Base64Url.EncodeToString(parts.Q.X), Base64Url.EncodeToString(parts.Q.Y));
        var jwk = $$"""{"kty":"EC","use":"sig","crv":"P-256","kid":"{{id}}","x":"{{x}}","y":"{{y}}"}""";
        return new SigningKey(id, "ES256", jwk, bytes => ec.SignData(bytes, HashAlgorithmName.SHA256));
    }
}
