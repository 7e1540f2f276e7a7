using McpFunctionApp.Callers;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Callers;

/// <summary>Whom a token is from and for and when it is valid, as its authority has signed it.</summary>
public sealed class TokenClaimTests(SharedVerifier shared) : IClassFixture<SharedVerifier>
{
    [Fact]
    public async Task A_verified_callers_subject_and_groups_are_the_tokens()
    {
        var caller = await shared.Rig.CheckAsync(shared.Rig.Authority.Token(shared.Rig.Now, claims: ""","groups":["a","b"]"""));
        Assert.True(caller.IsVerified);
        Assert.Equal("sam", caller.Subject);
        Assert.Equal(shared.Rig.Authority.Address, caller.Issuer);
        Assert.Equal(["a", "b"], caller.Groups!.Value.AsEnumerable());
    }

    [Fact]
    public async Task An_audience_may_be_one_of_several() =>
        await shared.Rig.AssertVerifiedAsync(
            SigningKey.Rsa.Sign(
                shared.Good.Replace(
                    $"\"{TestAuthority.Audience}\"",
                    $"[\"other\",\"{TestAuthority.Audience}\"]",
                    StringComparison.Ordinal
                )
            )
        );

    [Fact]
    public async Task A_slash_at_the_end_of_an_audience_makes_no_difference() =>
        await shared.Rig.AssertVerifiedAsync(
            SigningKey.Rsa.Sign(shared.Rig.Authority.Payload(shared.Rig.Now, audience: $"{TestAuthority.Audience}/"))
        );

    [Theory]
    [InlineData("https://other.example/mcp")]
    [InlineData("https://forms.example")]
    [InlineData("HTTPS://FORMS.EXAMPLE/MCP")]
    [InlineData("")]
    public async Task Another_audience_is_refused(string audience) =>
        await shared.Rig.AssertRefusedAsync(
            SigningKey.Rsa.Sign(shared.Rig.Authority.Payload(shared.Rig.Now, audience: audience)),
            "it is for another audience"
        );

    [Fact]
    public async Task A_token_without_an_audience_is_refused() =>
        await shared.Rig.AssertRefusedAsync(
            SigningKey.Rsa.Sign(shared.Good.Replace("\"aud\"", "\"not\"", StringComparison.Ordinal)),
            "it is for another audience"
        );

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("")]
    public async Task Another_issuer_is_refused(string issuer) =>
        await shared.Rig.AssertRefusedAsync(
            SigningKey.Rsa.Sign(shared.Rig.Authority.Payload(shared.Rig.Now, issuer: issuer)),
            "it is from another issuer"
        );

    [Theory]
    [InlineData(-3600, -59, null)]
    [InlineData(-3600, -60, "it has expired")]
    [InlineData(-3600, -3000, "it has expired")]
    [InlineData(60, 3600, null)]
    [InlineData(61, 3600, "it is not valid yet")]
    public async Task Clocks_may_differ_by_60_seconds_and_no_more(int from, int to, string? finding)
    {
        var token = SigningKey.Rsa.Sign(shared.Rig.Authority.Payload(shared.Rig.Now, from: from, to: to));
        await (finding is null ? shared.Rig.AssertVerifiedAsync(token) : shared.Rig.AssertRefusedAsync(token, finding));
    }

    [Fact]
    public async Task A_token_without_an_end_is_refused() =>
        await shared.Rig.AssertRefusedAsync(
            SigningKey.Rsa.Sign(shared.Good.Replace("\"exp\"", "\"not\"", StringComparison.Ordinal)),
            "it has no expiry"
        );

    [Fact]
    public async Task An_end_beyond_all_calendars_breaks_nothing() =>
        await shared.Rig.AssertVerifiedAsync(
            SigningKey.Rsa.Sign(
                System.Text.RegularExpressions.Regex.Replace(shared.Good, "\"exp\":[0-9]+", "\"exp\":253402300799999")
            )
        );

    [Theory]
    [InlineData("\"exp\":\"tomorrow\"")]
    [InlineData("\"exp\":{}")]
    [InlineData("\"exp\":-1")]
    [InlineData("\"exp\":null")]
    [InlineData("\"nbf\":[]")]
    [InlineData("\"iss\":7")]
    [InlineData("\"aud\":{\"a\":1}")]
    [InlineData("\"aud\":[1,null]")]
    public async Task Odd_claims_signed_by_the_authority_are_refused_and_break_nothing(string claim)
    {
        var name = claim[..claim.IndexOf(':', StringComparison.Ordinal)];
        var odd = System.Text.RegularExpressions.Regex.Replace(shared.Good, $"{name}:(\"[^\"]*\"|[0-9]+)", claim);
        Assert.Contains(claim, odd, StringComparison.Ordinal);
        Assert.Equal(TokenStanding.Refused, (await shared.Rig.CheckAsync(SigningKey.Rsa.Sign(odd))).Standing);
    }
}
