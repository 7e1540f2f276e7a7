using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Authority;

/// <summary>What the authority is asked, and how this server proves who it is.</summary>
public sealed class ExchangeRequestTests
{
    [Fact]
    public async Task A_token_exchange_asks_as_RFC_8693_says()
    {
        await using var rig = await ExchangeRig.StartAsync(
            ("Forms:0:Resource", "https://forms.example/api"),
            ("Forms:0:Scopes:0", "forms.read"),
            ("Forms:0:Scopes:1", "forms.write")
        );
        var token = rig.Token();
        await rig.Rpc.ListAsync(token, true);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
                ["subject_token"] = token,
                ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
                ["requested_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
                ["audience"] = "form-api",
                ["resource"] = "https://forms.example/api",
                ["scope"] = "forms.read forms.write",
            },
            Assert.Single(rig.Questions)
        );
    }

    [Fact]
    public async Task On_behalf_of_asks_as_Entra_says()
    {
        await using var rig = await ExchangeRig.StartAsync(
            ("Forms:0:Exchange", "OnBehalfOf"),
            ("Forms:0:Audience", null),
            ("Forms:0:Scopes", "api://forms/.default")
        );
        var token = rig.Token();
        await rig.Rpc.ListAsync(token, true);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
                ["assertion"] = token,
                ["requested_token_use"] = "on_behalf_of",
                ["scope"] = "api://forms/.default",
            },
            Assert.Single(rig.Questions)
        );
    }

    [Fact]
    public async Task A_secret_goes_by_HTTP_Basic_where_the_authority_does_not_say_that_it_takes_it_in_the_body()
    {
        await using var rig = await ExchangeRig.StartAsync();
        await rig.Rpc.ListAsync(rig.Token(), true);
        var expected = Convert.ToBase64String(Encoding.ASCII.GetBytes($"this-server:{ExchangeRig.Secret}"));
        Assert.Equal($"Basic {expected}", Assert.Single(rig.Tokens.Submissions).Headers.Authorization.ToString());
    }

    [Fact]
    public async Task A_secret_goes_in_the_body_where_the_authority_says_that_it_takes_it_there()
    {
        await using var rig = await ExchangeRig.StartAsync(("Callers:Client:TokenUrl", null));
        Publish(rig, $"{rig.Tokens.Address}/from-metadata", "client_secret_post");
        await rig.Rpc.ListAsync(rig.Token(), true);
        var call = Assert.Single(rig.Tokens.Submissions);
        Assert.Equal("/from-metadata", call.Path);
        Assert.False(call.Headers.ContainsKey("Authorization"));
        Assert.Equal(("this-server", ExchangeRig.Secret), (rig.Questions[0]["client_id"], rig.Questions[0]["client_secret"]));
    }

    [Theory]
    [InlineData("http://login.example/token")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public async Task A_token_endpoint_that_is_not_https_is_not_used(string address)
    {
        await using var rig = await ExchangeRig.StartAsync(("Callers:Client:TokenUrl", null));
        Publish(rig, address, "client_secret_basic");
        Assert.Equal("unavailable", (await rig.Rpc.ListAsync(rig.Token(), true)).FallbackReason);
        Assert.Contains("Callers:Client:TokenUrl", Assert.Single(rig.Log.Of(8010)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rsa", "RS256")]
    [InlineData("ec", "ES256")]
    public async Task A_key_file_signs_a_short_lived_assertion_for_the_authority(string kind, string algorithm)
    {
        using var key = KeyOf(kind);
        using var file = new KeyFile(key.ExportPkcs8PrivateKeyPem());
        await using var rig = await ExchangeRig.StartAsync(("Callers:Client:KeyFile", file.Path));
        await rig.Rpc.ListAsync(rig.Token(), true);
        await rig.Rpc.ListAsync(rig.Token(""","n":1"""), true);

        var questions = rig.Questions;
        Assert.All(questions, question => Assert.Equal("this-server", question["client_id"]));
        Assert.All(
            questions,
            question => Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", question["client_assertion_type"])
        );
        var (header, claims) = Verified(questions[0]["client_assertion"], key);
        Assert.Equal(algorithm, (string?)header["alg"]);
        Assert.False(header.ContainsKey("x5t"));
        Assert.Equal("this-server", (string?)claims["iss"]);
        Assert.Equal("this-server", (string?)claims["sub"]);
        Assert.Equal(rig.Authority.Address, (string?)claims["aud"]);
        Assert.Equal("client-authentication+jwt", (string?)header["typ"]);
        Assert.Equal(rig.Clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(), (long)claims["exp"]!);
        Assert.NotEqual((string?)claims["jti"], (string?)Verified(questions[1]["client_assertion"], key).Claims["jti"]);
    }

    [Fact]
    public async Task A_key_with_its_certificate_is_named_by_both_thumbprints_for_the_token_endpoint()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=this-server",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var file = new KeyFile($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}");
        await using var rig = await ExchangeRig.StartAsync(("Callers:Client:KeyFile", file.Path));
        await rig.Rpc.ListAsync(rig.Token(), true);
        var (header, claims) = Verified(rig.Questions[0]["client_assertion"], key);
        Assert.Equal(("JWT", $"{rig.Tokens.Address}/token"), ((string?)header["typ"], (string?)claims["aud"]));
        Assert.Equal(Base64Url.EncodeToString(certificate.GetCertHash()), (string?)header["x5t"]);
        Assert.Equal(Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256)), (string?)header["x5t#S256"]);
    }

    /// <summary>Metadata that name this token endpoint, and how clients prove there who they are.</summary>
    private static void Publish(ExchangeRig rig, string tokenEndpoint, string method) =>
        rig.Authority.Instead = context =>
            FakeFormApi.Json(
                context,
                context.Request.Path == "/keys"
                    ? $$"""{"keys":[{{SigningKey.Rsa.PublicJwk}}]}"""
                    : $$"""
                    {"issuer":"{{rig.Authority.Address}}","jwks_uri":"{{rig.Authority.Address}}/keys",
                    "token_endpoint":"{{tokenEndpoint}}","token_endpoint_auth_methods_supported":["{{method}}"]}
                    """
            );

    private static AsymmetricAlgorithm KeyOf(string kind) =>
        kind == "rsa" ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static (JsonObject Header, JsonObject Claims) Verified(string jwt, AsymmetricAlgorithm key)
    {
        var parts = jwt.Split('.');
        var text = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var signature = Base64Url.DecodeFromChars(parts[2]);
        Assert.True(
            key is RSA rsa
                ? rsa.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : ((ECDsa)key).VerifyData(text, signature, HashAlgorithmName.SHA256)
        );
        return (
            JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.AsObject(),
            JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject()
        );
    }
}

/// <summary>A file that holds this text for as long as a test runs.</summary>
internal sealed class KeyFile : IDisposable
{
    public KeyFile(string text) => File.WriteAllText(Path, text);

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
