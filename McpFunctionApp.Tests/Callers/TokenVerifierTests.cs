using System.Buffers.Text;
using McpFunctionApp.Callers;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Callers;

/// <summary>Which tokens the local check lets pass: real keys, and every way around them that is known.</summary>
public sealed class TokenVerifierTests : IAsyncLifetime
{
    private VerifierRig _rig = null!;

    private string Good => _rig.Authority.Payload(_rig.Now);

    public async Task InitializeAsync() => _rig = await VerifierRig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task A_token_signed_by_one_of_the_authoritys_keys_is_verified()
    {
        _rig.Authority.Published = [SigningKey.Rsa, SigningKey.Ec];
        await _rig.AssertVerifiedAsync(SigningKey.Rsa.Sign(Good));
        await _rig.AssertVerifiedAsync(SigningKey.Pss.Sign(Good));
        await _rig.AssertVerifiedAsync(SigningKey.Ec.Sign(Good));
        await _rig.AssertVerifiedAsync(SigningKey.Ec.Sign("""{"alg":"ES256"}""", Good));
        await _rig.AssertVerifiedAsync(SigningKey.Rsa.Sign("""{"alg":"RS256","typ":"at+jwt"}""", Good));
    }

    [Fact]
    public async Task A_verified_callers_subject_and_groups_are_the_tokens()
    {
        var caller = await _rig.CheckAsync(_rig.Authority.Token(_rig.Now, claims: ""","groups":["a","b"]"""));
        Assert.True(caller.IsVerified);
        Assert.Equal("sam", caller.Subject);
        Assert.Equal(_rig.Authority.Address, caller.Issuer);
        Assert.Equal(["a", "b"], caller.Groups!.Value.AsEnumerable());
    }

    [Fact]
    public async Task An_audience_may_be_one_of_several() =>
        await _rig.AssertVerifiedAsync(
            SigningKey.Rsa.Sign(
                Good.Replace(
                    $"\"{TestAuthority.Audience}\"",
                    $"[\"other\",\"{TestAuthority.Audience}\"]",
                    StringComparison.Ordinal
                )
            )
        );

    [Fact]
    public async Task A_slash_at_the_end_of_an_audience_makes_no_difference() =>
        await _rig.AssertVerifiedAsync(
            SigningKey.Rsa.Sign(_rig.Authority.Payload(_rig.Now, audience: $"{TestAuthority.Audience}/"))
        );

    [Theory]
    [InlineData("https://other.example/mcp")]
    [InlineData("https://forms.example")]
    [InlineData("HTTPS://FORMS.EXAMPLE/MCP")]
    [InlineData("")]
    public async Task Another_audience_is_refused(string audience) =>
        await _rig.AssertRefusedAsync(
            SigningKey.Rsa.Sign(_rig.Authority.Payload(_rig.Now, audience: audience)),
            "it is for another audience"
        );

    [Fact]
    public async Task A_token_without_an_audience_is_refused() =>
        await _rig.AssertRefusedAsync(
            SigningKey.Rsa.Sign(Good.Replace("\"aud\"", "\"not\"", StringComparison.Ordinal)),
            "it is for another audience"
        );

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("")]
    public async Task Another_issuer_is_refused(string issuer) =>
        await _rig.AssertRefusedAsync(
            SigningKey.Rsa.Sign(_rig.Authority.Payload(_rig.Now, issuer: issuer)),
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
        var token = SigningKey.Rsa.Sign(_rig.Authority.Payload(_rig.Now, from: from, to: to));
        await (finding is null ? _rig.AssertVerifiedAsync(token) : _rig.AssertRefusedAsync(token, finding));
    }

    [Fact]
    public async Task A_token_without_an_end_is_refused() =>
        await _rig.AssertRefusedAsync(
            SigningKey.Rsa.Sign(Good.Replace("\"exp\"", "\"not\"", StringComparison.Ordinal)),
            "it has no expiry"
        );

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    [InlineData("")]
    public async Task An_unsigned_token_is_refused_with_or_without_a_signature(string algorithm)
    {
        var header = $$"""{"alg":"{{algorithm}}","kid":"rsa-1"}""";
        var signed = SigningKey.Rsa.Sign(header, Good);
        var unsigned = signed[..(signed.LastIndexOf('.') + 1)];
        Assert.Equal(TokenStanding.Refused, (await _rig.CheckAsync(signed)).Standing);
        Assert.Equal(TokenStanding.Refused, (await _rig.CheckAsync(unsigned)).Standing);
        Assert.Equal(TokenStanding.Refused, (await _rig.CheckAsync(SigningKey.Rsa.Sign("""{"kid":"rsa-1"}""", Good))).Standing);
    }

    [Fact]
    public async Task The_public_key_used_as_a_secret_is_refused()
    {
        Assert.Equal(4, SigningKey.PublicKeyAsSecret.Count);
        foreach (var key in SigningKey.PublicKeyAsSecret)
        {
            await _rig.AssertRefusedAsync(key.Sign(Good), "its signature algorithm is not accepted");
        }

        Assert.Equal(0, _rig.Authority.KeyFetches);
    }

    [Fact]
    public async Task An_algorithm_that_is_not_the_keys_is_refused()
    {
        _rig.Authority.Published = [SigningKey.Rsa, SigningKey.Ec];
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
            Assert.Equal(TokenStanding.Refused, (await _rig.CheckAsync(SigningKey.Rsa.Sign(header, Good))).Standing);
        }
    }

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"rsa-1","crit":["x"],"x":1}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa-1","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa-1","crit":"x"}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa-1","crit":null}""")]
    public async Task A_token_with_a_header_that_must_be_understood_is_refused(string header) =>
        await _rig.AssertRefusedAsync(SigningKey.Rsa.Sign(header, Good), "it asks for a rule that is not known here");

    [Fact]
    public async Task A_key_that_the_token_brings_along_is_not_used()
    {
        var header =
            $$"""{"alg":"RS256","kid":"rsa-2","jwk":{{SigningKey.OtherRsa.PublicJwk}},"jku":"{{_rig.Authority.Address}}/evil"}""";
        await _rig.AssertRefusedAsync(SigningKey.OtherRsa.Sign(header, Good), "its authority has no such signing key");
        await _rig.AssertRefusedAsync(
            SigningKey.OtherRsa.Sign(header.Replace("rsa-2", "rsa-1", StringComparison.Ordinal), Good),
            "its signature is wrong"
        );
    }

    [Fact]
    public async Task A_changed_claim_is_refused()
    {
        var mine = _rig.Authority.Token(_rig.Now).Split('.');
        var other = _rig.Authority.Token(_rig.Now, claims: ""","groups":["admin"]""").Split('.');
        await _rig.AssertRefusedAsync($"{mine[0]}.{other[1]}.{mine[2]}", "its signature is wrong");
    }

    [Theory]
    [InlineData("opaque-token")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    [InlineData("..")]
    [InlineData("e30.e30.e30")]
    [InlineData("W10.W10.W10")]
    [InlineData("bnVsbA.bnVsbA.bnVsbA")]
    public async Task What_is_no_signed_jwt_is_refused_without_asking_the_authority(string token)
    {
        Assert.Equal(TokenStanding.Refused, (await _rig.CheckAsync(token)).Standing);
        Assert.Equal(0, _rig.Authority.MetadataFetches);
    }

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
        var odd = System.Text.RegularExpressions.Regex.Replace(Good, $"{name}:(\"[^\"]*\"|[0-9]+)", claim);
        Assert.Contains(claim, odd, StringComparison.Ordinal);
        Assert.Equal(TokenStanding.Refused, (await _rig.CheckAsync(SigningKey.Rsa.Sign(odd))).Standing);
    }

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
        Assert.Equal(TokenStanding.Refused, (await _rig.CheckAsync(SigningKey.OtherRsa.Sign(header, Good))).Standing);

    [Fact]
    public async Task A_key_name_that_is_null_is_none()
    {
        await _rig.AssertVerifiedAsync(SigningKey.Rsa.Sign("""{"alg":"RS256","kid":null}""", Good));
        Assert.Empty(_rig.Log.Of(8002));
    }

    [Fact]
    public async Task Whatever_a_check_throws_is_a_refusal_and_one_line_in_a_minute()
    {
        using var verifier = new TokenVerifier(null!, null!, _rig.Clock, _rig.Logger<TokenVerifier>());
        var caller = Caller.FromToken(_rig.Authority.Token(_rig.Now), "groups");
        for (var n = 0; n < 20; n++)
        {
            Assert.Equal(TokenStanding.Refused, (await verifier.CheckAsync(caller, CancellationToken.None)).Standing);
        }

        var line = Assert.Single(_rig.Log.Of(8002));
        Assert.Contains(nameof(NullReferenceException), line.Text, StringComparison.Ordinal);
        Assert.InRange(line.Text.Length, 1, 200);
        TokenLeaks.AssertNone([line.Text], [caller.Token]);
        _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        await verifier.CheckAsync(caller, CancellationToken.None);
        Assert.Equal(2, _rig.Log.Of(8002).Count());
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
        _rig.Authority.Published = [.. ec, .. others, SigningKey.Rsa];
        await _rig.AssertVerifiedAsync(SigningKey.Rsa.Sign(Header, Good));

        _rig.Authority.Published = [.. others, SigningKey.OtherRsa, SigningKey.Rsa];
        _rig.Clock.Advance(TimeSpan.FromHours(24));
        var good = _rig.Authority.Payload(_rig.Now);
        Assert.Equal(TokenStanding.Refused, (await _rig.CheckAsync(SigningKey.Rsa.Sign(Header, good))).Standing);
        await _rig.AssertVerifiedAsync(SigningKey.Rsa.Sign(good));
    }

    [Fact]
    public async Task No_change_to_a_token_makes_it_pass_or_breaks_anything()
    {
        var token = _rig.Authority.Token(_rig.Now, claims: ""","groups":["a"],"note":"\u00fc\ud83d\ude00" """);
        await _rig.AssertVerifiedAsync(token);
        var random = new Random(20260728);
        for (var round = 0; round < 2_000; round++)
        {
            var changed = Change(token, random);
            Assert.True(changed == token || (await _rig.CheckAsync(changed)).Standing == TokenStanding.Refused, changed);
        }
    }

    /// <summary>Changes, drops or repeats some bytes of one part, or swaps characters of the text.</summary>
    private static string Change(string token, Random random)
    {
        var parts = token.Split('.');
        var at = random.Next(3);
        var bytes = Base64Url.DecodeFromChars(parts[at]).ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var place = random.Next(bytes.Count - 1);
            switch (random.Next(3))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(place);
                    break;
                default:
                    bytes.Insert(place, "\"{}[]\\:,0"u8[random.Next(9)]);
                    break;
            }
        }

        parts[at] = Base64Url.EncodeToString([.. bytes]);
        return string.Join('.', parts);
    }

    [Fact]
    public async Task An_end_beyond_all_calendars_breaks_nothing() =>
        await _rig.AssertVerifiedAsync(
            SigningKey.Rsa.Sign(System.Text.RegularExpressions.Regex.Replace(Good, "\"exp\":[0-9]+", "\"exp\":253402300799999"))
        );

    [Fact]
    public async Task What_was_verified_is_known_until_its_end_and_no_longer()
    {
        var token = _rig.Authority.Token(_rig.Now);
        await _rig.AssertVerifiedAsync(token);
        await _rig.AssertVerifiedAsync(token);
        _rig.Clock.Advance(TimeSpan.FromSeconds(3659));
        await _rig.AssertVerifiedAsync(token);
        _rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await _rig.AssertRefusedAsync(token, "it has expired");
    }
}
