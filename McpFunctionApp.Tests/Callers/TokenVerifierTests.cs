using System.Buffers.Text;
using McpFunctionApp.Callers;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Callers;

/// <summary>Whatever is no token of the authority's is refused; what was verified is known until its end.</summary>
public sealed class TokenVerifierTests : VerifierTests
{
    [Fact]
    public async Task A_changed_claim_is_refused()
    {
        var mine = Rig.Authority.Token(Rig.Now).Split('.');
        var other = Rig.Authority.Token(Rig.Now, claims: ""","groups":["admin"]""").Split('.');
        await Rig.AssertRefusedAsync($"{mine[0]}.{other[1]}.{mine[2]}", "its signature is wrong");
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
        Assert.Equal(TokenStanding.Refused, (await Rig.CheckAsync(token)).Standing);
        Assert.Equal(0, Rig.Authority.MetadataFetches);
    }

    [Fact]
    public async Task A_key_name_that_is_null_is_none()
    {
        await Rig.AssertVerifiedAsync(SigningKey.Rsa.Sign("""{"alg":"RS256","kid":null}""", Good));
        Assert.Empty(Rig.Log.Of(8002));
    }

    [Fact]
    public async Task Whatever_a_check_throws_is_a_refusal_and_one_line_in_a_minute()
    {
        using var verifier = new TokenVerifier(null!, null!, Rig.Clock, Rig.Logger<TokenVerifier>());
        var caller = Caller.FromToken(Rig.Authority.Token(Rig.Now), "groups");
        for (var n = 0; n < 20; n++)
        {
            Assert.Equal(TokenStanding.Refused, (await verifier.CheckAsync(caller, CancellationToken.None)).Standing);
        }

        var line = Assert.Single(Rig.Log.Of(8002));
        Assert.Contains(nameof(NullReferenceException), line.Text, StringComparison.Ordinal);
        Assert.InRange(line.Text.Length, 1, 200);
        TokenLeaks.AssertNone([line.Text], [caller.Token]);
        Rig.Clock.Advance(TimeSpan.FromMinutes(1));
        await verifier.CheckAsync(caller, CancellationToken.None);
        Assert.Equal(2, Rig.Log.Of(8002).Count());
    }

    [Fact]
    public async Task No_change_to_a_token_makes_it_pass_or_breaks_anything()
    {
        var token = Rig.Authority.Token(Rig.Now, claims: ""","groups":["a"],"note":"\u00fc\ud83d\ude00" """);
        await Rig.AssertVerifiedAsync(token);
        var random = new Random(20260728);
        for (var round = 0; round < 2_000; round++)
        {
            var changed = Change(token, random);
            Assert.True(changed == token || (await Rig.CheckAsync(changed)).Standing == TokenStanding.Refused, changed);
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
    public async Task What_was_verified_is_known_until_its_end_and_no_longer()
    {
        var token = Rig.Authority.Token(Rig.Now);
        await Rig.AssertVerifiedAsync(token);
        await Rig.AssertVerifiedAsync(token);
        Rig.Clock.Advance(TimeSpan.FromSeconds(3659));
        await Rig.AssertVerifiedAsync(token);
        Rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await Rig.AssertRefusedAsync(token, "it has expired");
    }
}
