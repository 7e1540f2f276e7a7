using McpFunctionApp.Callers;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Callers;

/// <summary>No header makes a token pass that the authority has not signed by the rules.</summary>
public sealed class TokenHeaderTests(SharedVerifier shared) : IClassFixture<SharedVerifier>
{
    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    [InlineData("")]
    public async Task An_unsigned_token_is_refused_with_or_without_a_signature(string algorithm)
    {
        var header = $$"""{"alg":"{{algorithm}}","kid":"rsa-1"}""";
        var signed = SigningKey.Rsa.Sign(header, shared.Good);
        var unsigned = signed[..(signed.LastIndexOf('.') + 1)];
        Assert.Equal(TokenStanding.Refused, (await shared.Rig.CheckAsync(signed)).Standing);
        Assert.Equal(TokenStanding.Refused, (await shared.Rig.CheckAsync(unsigned)).Standing);
        Assert.Equal(
            TokenStanding.Refused,
            (await shared.Rig.CheckAsync(SigningKey.Rsa.Sign("""{"kid":"rsa-1"}""", shared.Good))).Standing
        );
    }

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"rsa-1","crit":["x"],"x":1}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa-1","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa-1","crit":"x"}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa-1","crit":null}""")]
    public async Task A_token_with_a_header_that_must_be_understood_is_refused(string header) =>
        await shared.Rig.AssertRefusedAsync(
            SigningKey.Rsa.Sign(header, shared.Good),
            "it asks for a rule that is not known here"
        );

    [Theory]
    [InlineData("""{"alg":7}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""{"alg":["RS256"]}""")]
    [InlineData("""{"alg":{"a":1}}""")]
    [InlineData("""{"alg":"\ud800"}""")]
    [InlineData("""{"alg":"RS256","kid":7}""")]
    [InlineData("""{"alg":"RS256","kid":null}""")]
    [InlineData("""{"alg":"none","kid":null}""")]
    [InlineData("""{"alg":"RS256","kid":null,"x5t":null,"typ":null,"cty":null}""")]
    [InlineData("""{"alg":"RS256","kid":["rsa-1"]}""")]
    [InlineData("""{"alg":"RS256","kid":"\ud800"}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa-2","x5t":{},"typ":[],"cty":7}""")]
    [InlineData("""{"alg":"RS256","alg":"none"}""")]
    [InlineData("""[]""")]
    [InlineData("""{"alg":"RS256",""")]
    public async Task An_odd_header_is_refused_and_breaks_nothing(string header) =>
        Assert.Equal(
            TokenStanding.Refused,
            (await shared.Rig.CheckAsync(SigningKey.OtherRsa.Sign(header, shared.Good))).Standing
        );

    [Fact]
    public async Task A_key_that_the_token_brings_along_is_not_used()
    {
        var header =
            $$"""{"alg":"RS256","kid":"rsa-2","jwk":{{SigningKey.OtherRsa.PublicJwk}},"""
            + $$""" "jku":"{{shared.Rig.Authority.Address}}/evil"}""";
        await shared.Rig.AssertRefusedAsync(
            SigningKey.OtherRsa.Sign(header, shared.Good),
            "its authority has no such signing key"
        );
        await shared.Rig.AssertRefusedAsync(
            SigningKey.OtherRsa.Sign(header.Replace("rsa-2", "rsa-1", StringComparison.Ordinal), shared.Good),
            "its signature is wrong"
        );
    }
}
