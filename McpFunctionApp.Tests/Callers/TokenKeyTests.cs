using McpFunctionApp.Callers;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Callers;

/// <summary>Which of the authority's keys a token is checked with, and that no other key and algorithm will do.</summary>
public sealed class TokenKeyTests : VerifierTests
{
    [Fact]
    public async Task A_token_signed_by_one_of_the_authoritys_keys_is_verified()
    {
        Rig.Authority.Published = [SigningKey.Rsa, SigningKey.Ec];
        await Rig.AssertVerifiedAsync(SigningKey.Rsa.Sign(Good));
        await Rig.AssertVerifiedAsync(SigningKey.Pss.Sign(Good));
        await Rig.AssertVerifiedAsync(SigningKey.Ec.Sign(Good));
        await Rig.AssertVerifiedAsync(SigningKey.Ec.Sign("""{"alg":"ES256"}""", Good));
        await Rig.AssertVerifiedAsync(SigningKey.Rsa.Sign("""{"alg":"RS256","typ":"at+jwt"}""", Good));
    }

    [Fact]
    public async Task The_public_key_used_as_a_secret_is_refused()
    {
        Assert.Equal(4, SigningKey.PublicKeyAsSecret.Count);
        foreach (var key in SigningKey.PublicKeyAsSecret)
        {
            await Rig.AssertRefusedAsync(key.Sign(Good), "its signature algorithm is not accepted");
        }

        Assert.Equal(0, Rig.Authority.KeyFetches);
    }

    [Fact]
    public async Task An_algorithm_that_is_not_the_keys_is_refused()
    {
        Rig.Authority.Published = [SigningKey.Rsa, SigningKey.Ec];
        foreach (
            var header in (string[])
                [
                    """{"alg":"ES256","kid":"rsa-1"}""",
                    """{"alg":"PS256","kid":"rsa-1"}""",
                    """{"alg":"RS512","kid":"rsa-1"}""",
                    """{"alg":"RS256","kid":"ec-1"}""",
                ]
        )
        {
            Assert.Equal(TokenStanding.Refused, (await Rig.CheckAsync(SigningKey.Rsa.Sign(header, Good))).Standing);
        }
    }

    [Fact]
    public async Task A_token_that_names_no_key_is_tried_against_a_bounded_number_of_keys_of_its_kind()
    {
        const string Header = """{"alg":"RS256"}""";
        var others = Enumerable
            .Range(0, 7)
            .Select(n =>
                SigningKey.OtherRsa with
                {
                    Id = $"other-{n}",
                    PublicJwk = SigningKey.OtherRsa.PublicJwk.Replace("rsa-2", $"other-{n}", StringComparison.Ordinal),
                }
            )
            .ToList();
        var ec = Enumerable
            .Range(0, 20)
            .Select(n =>
                SigningKey.Ec with
                {
                    PublicJwk = SigningKey.Ec.PublicJwk.Replace("ec-1", $"ec-{n}", StringComparison.Ordinal),
                }
            );
        Rig.Authority.Published = [.. ec, .. others, SigningKey.Rsa];
        await Rig.AssertVerifiedAsync(SigningKey.Rsa.Sign(Header, Good));

        Rig.Authority.Published = [.. others, SigningKey.OtherRsa, SigningKey.Rsa];
        Rig.Clock.Advance(TimeSpan.FromHours(24));
        var good = Rig.Authority.Payload(Rig.Now);
        Assert.Equal(TokenStanding.Refused, (await Rig.CheckAsync(SigningKey.Rsa.Sign(Header, good))).Standing);
        await Rig.AssertVerifiedAsync(SigningKey.Rsa.Sign(good));
    }
}
