using McpFunctionApp.Admission;
using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;

namespace McpFunctionApp.Tests.Admission;

/// <summary>Every combination of mode and of what is known of a token, as a table.</summary>
public sealed class SignInTests
{
    private static readonly Caller s_caller = Caller.FromToken("some-token", "groups");

    [Theory]
    [InlineData("no token", null, null, "401")]
    [InlineData("Unchecked", null, null, null)]
    [InlineData("Verified", null, null, null)]
    [InlineData("Refused", null, "401 invalid_token", "401 invalid_token")]
    [InlineData("Unverifiable", null, null, null)]
    public void On_arrival(string token, string? fallback, string? optional, string? challenge)
    {
        var caller = Enum.TryParse<TokenStanding>(token, out var standing) ? s_caller.With(standing, "it is odd") : null;
        Assert.Equal(
            [fallback, optional, challenge],
            Enum.GetValues<CallerMode>().Select(mode => Show(SignIn.OnArrival(mode, caller)))
        );
    }

    [Theory]
    [InlineData(TokenVerdict.None, TokenStanding.Unchecked, null)]
    [InlineData(TokenVerdict.Accepted, TokenStanding.Unchecked, null)]
    [InlineData(TokenVerdict.Rejected, TokenStanding.Unchecked, "401 invalid_token")]
    [InlineData(TokenVerdict.None, TokenStanding.Verified, null)]
    [InlineData(TokenVerdict.Accepted, TokenStanding.Verified, null)]
    [InlineData(TokenVerdict.Rejected, TokenStanding.Verified, null)]
    public void On_lookup(TokenVerdict verdict, TokenStanding standing, string? asked) =>
        Assert.Equal(
            [null, asked, asked],
            Enum.GetValues<CallerMode>().Select(mode => Show(SignIn.OnLookup(mode, s_caller.With(standing), verdict)))
        );

    [Fact]
    public void A_header_has_only_what_is_known()
    {
        var missing = new Challenge(null, "c", "m");
        Assert.Equal("Bearer", missing.Header(null, []));
        Assert.Equal("Bearer scope=\"a b\"", missing.Header(null, ["a", "b"]));
        Assert.Equal("Bearer resource_metadata=\"https://x/y\", scope=\"a\"", missing.Header("https://x/y", ["a"]));
        Assert.Equal(
            "Bearer error=\"invalid_token\", error_description=\"m\"",
            (missing with { Error = "invalid_token" }).Header(null, [])
        );
    }

    private static string? Show(Challenge? challenge) => challenge is null ? null : $"401 {challenge.Error}".TrimEnd();
}
