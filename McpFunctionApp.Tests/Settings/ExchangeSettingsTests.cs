using System.Security.Cryptography;
using McpFunctionApp.Tests.Authority;

namespace McpFunctionApp.Tests.Settings;

/// <summary>Settings about form APIs' own tokens.</summary>
public sealed class ExchangeSettingsTests
{
    private static readonly (string, string?)[] s_working =
    [
        ("Callers:Authority", "https://login.example"),
        ("Callers:Audience", "https://forms.example/mcp"),
        ("Callers:Client:Id", "this-server"),
        ("Callers:Client:Secret", "s3cret"),
        ("Forms:0:Exchange", "TokenExchange"),
        ("Forms:0:Audience", "form-api"),
    ];

    [Theory]
    [InlineData("None")]
    [InlineData("TokenExchange")]
    [InlineData("onbehalfof")]
    public void Each_exchange_is_read_in_any_case(string exchange) =>
        Assert.Empty(Configured.Faults([.. s_working, ("Forms:0:Exchange", exchange), ("Forms:0:Scopes:0", "forms")]));

    [Theory]
    [InlineData("Forms:0:Exchange", "Jwt", "Forms:0:Exchange is 'Jwt'")]
    [InlineData("Forms:0:Exchange", "0", "Forms:0:Exchange is '0'")]
    [InlineData("Forms:0:Exchange", "OnBehalfOf", "Forms:0:Scopes is missing")]
    [InlineData("Forms:0:Resource", "form-api", "Forms:0:Resource is 'form-api'")]
    [InlineData("Forms:0:Resource", "https://forms.example/#x", "Forms:0:Resource is")]
    [InlineData("Forms:0:Scopes:0", "a b", "Forms:0:Scopes:0 is 'a b'")]
    [InlineData("Callers:Client:Id", null, "Callers:Client:Id is missing")]
    [InlineData("Callers:Client:Secret", null, "Callers:Client:Secret is missing")]
    [InlineData("Callers:Client:ManagedIdentity", "system", "Callers:Client:Secret is one of several")]
    [InlineData("Callers:Client:TokenUrl", "http://login.example/token", "Callers:Client:TokenUrl must be")]
    [InlineData("Callers:Client:TokenUrl", "https://user:pass-word@login.example/token", "Callers:Client:TokenUrl must be")]
    [InlineData("Callers:Client:ConsentUrl", "javascript:alert(1)", "Callers:Client:ConsentUrl must be")]
    public void What_cannot_work_stops_the_start(string name, string? value, string fault)
    {
        var faults = Configured.Faults([.. s_working, (name, value)]);
        Assert.StartsWith(fault, Assert.Single(faults), StringComparison.Ordinal);
        Assert.DoesNotContain(
            faults,
            text => text.Contains("s3cret", StringComparison.Ordinal) || text.Contains("pass-word", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_exchange_needs_the_local_check_and_a_client()
    {
        Assert.StartsWith(
            "Forms:0:Exchange needs Callers:Authority",
            Assert.Single(
                Configured.Faults(
                    ("Forms:0:Exchange", "TokenExchange"),
                    ("Callers:Client:Id", "x"),
                    ("Callers:Client:Secret", "y")
                )
            ),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Forms:0:Exchange needs Callers:Client:Id",
            Assert.Single(
                Configured.Faults(
                    ("Forms:0:Exchange", "TokenExchange"),
                    ("Callers:Authority", "https://login.example"),
                    ("Callers:Audience", "forms")
                )
            ),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Callers:RequiredScopes needs Callers:Authority",
            Assert.Single(Configured.Faults(("Callers:RequiredScopes:0", "forms.read"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_key_file_that_cannot_be_used_stops_the_start()
    {
        using var small = RSA.Create(1024);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=x",
            other,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        )
            .CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1))
            .ExportCertificatePem();
        foreach (
            var text in (string[])
                [
                    "",
                    "no PEM",
                    key.ExportRSAPublicKeyPem(),
                    small.ExportPkcs8PrivateKeyPem(),
                    $"{key.ExportPkcs8PrivateKeyPem()}\n{other.ExportPkcs8PrivateKeyPem()}",
                    key.ExportEncryptedPkcs8PrivateKeyPem(
                        "x",
                        new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)
                    ),
                    $"{certificate}\n{key.ExportPkcs8PrivateKeyPem()}",
                ]
        )
        {
            using var file = new KeyFile(text);
            Assert.StartsWith(
                "Callers:Client:KeyFile holds no usable key",
                Assert.Single(KeyFaults(file.Path)),
                StringComparison.Ordinal
            );
        }

        Assert.StartsWith(
            "Callers:Client:KeyFile cannot be read",
            Assert.Single(KeyFaults("/no/such/file.pem")),
            StringComparison.Ordinal
        );
        using var good = new KeyFile(key.ExportRSAPrivateKeyPem());
        Assert.Empty(KeyFaults(good.Path));

        static IReadOnlyList<string> KeyFaults(string path) =>
            Configured.Faults([.. s_working, ("Callers:Client:Secret", null), ("Callers:Client:KeyFile", path)]);
    }

    [Theory]
    [InlineData("https://forms.example/mcp", "https://forms.example/form", false)]
    [InlineData("https://mcp.example/mcp", "https://forms.example/form", true)]
    [InlineData("https://mcp.example/mcp", "http://127.0.0.1:5000/form", true)]
    [InlineData("api://forms", "https://forms.example/form", false)]
    [InlineData("11111111-2222-3333-4444-555555555555", "https://forms.example/form", false)]
    [InlineData("api://this-server", "https://forms.example/form", true)]
    public void A_token_that_is_passed_on_to_another_party_is_noted_once(string audience, string form, bool isNoted)
    {
        (string, string?)[] settings =
        [
            ("Callers:Authority", "https://login.example"),
            ("Callers:Audience", audience),
            ("Callers:Client:Id", "this-server"),
            ("Callers:Client:Secret", "s3cret"),
            ("Forms:0:Url", form),
            ("Forms:1:Tool", "second"),
            ("Forms:1:Url", form),
            ("Forms:2:Tool", "third"),
            ("Forms:2:Url", "https://forms.example/form"),
            ("Forms:2:Exchange", "TokenExchange"),
        ];
        var notes = Configured.Oddities(settings);
        Assert.Equal(isNoted ? 1 : 0, notes.Count);
        Assert.All(notes, note => Assert.Contains("create_request, second.", note, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_that_have_no_effect_are_noted()
    {
        Assert.StartsWith(
            "Callers:Client has no effect",
            Assert.Single(Configured.Oddities([.. s_working, ("Forms:0:Exchange", null), ("Forms:0:Audience", null)])),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Forms:0:Exchange is None",
            Assert.Single(Configured.Oddities(("Forms:0:Scopes:0", "forms"))),
            StringComparison.Ordinal
        );
    }
}
