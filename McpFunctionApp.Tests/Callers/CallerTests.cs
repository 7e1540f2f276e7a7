using System.Security.Cryptography;
using System.Text;
using McpFunctionApp.Callers;

namespace McpFunctionApp.Tests.Callers;

public sealed class CallerTests
{
    private static Caller Of(string token) => Caller.FromToken(token, "groups");

    [Fact]
    public void The_fingerprint_is_the_SHA_256_of_the_whole_token() =>
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("user-a-token"))),
            Of("user-a-token").Fingerprint
        );

    [Fact]
    public void Tokens_that_share_their_first_200_characters_are_different_callers()
    {
        var shared = new string('x', 200);
        var callers = Enumerable.Range(0, 100).Select(i => Of($"{shared}{i}")).ToList();
        Assert.Distinct(callers.Select(c => c.Fingerprint));
        Assert.NotEqual(callers[0], callers[1]);
        Assert.Equal(callers[0].Fingerprint, Of($"{shared}0").Fingerprint);
    }

    [Theory]
    [InlineData("abc", "abc=")]
    [InlineData("abc", "ABC")]
    [InlineData("abc", "abcd")]
    public void Tokens_that_differ_a_little_are_different_callers(string a, string b) =>
        Assert.NotEqual(Of(a).Fingerprint, Of(b).Fingerprint);

    [Fact]
    public void A_caller_shows_8_hex_digits_and_nothing_else()
    {
        var token = JwtText.Of("""{"iss":"https://issuer.example","sub":"somebody","groups":["staff"]}""");
        var caller = Of(token);
        Assert.Matches(@"\A[0-9a-f]{8}\z", caller.ToString());
        Assert.Equal(caller.Fingerprint[..8], caller.ToString());
        Assert.Equal(caller.ToString(), $"{caller}");
        Assert.Equal(caller.ToString(), caller.With(TokenStanding.Verified).ToString());
    }

    [Fact]
    public void A_token_that_is_hex_itself_is_not_shown() =>
        Assert.DoesNotContain("deadbeef", Of("deadbeef").ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_token_expires_at_its_own_end()
    {
        var caller = Of(JwtText.Of("""{"exp":1000}"""));
        Assert.False(caller.HasExpired(DateTimeOffset.FromUnixTimeSeconds(999)));
        Assert.True(caller.HasExpired(DateTimeOffset.FromUnixTimeSeconds(1_000)));
        Assert.True(caller.HasExpired(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void A_token_without_an_end_never_expires_here() => Assert.False(Of("opaque").HasExpired(DateTimeOffset.MaxValue));
}
