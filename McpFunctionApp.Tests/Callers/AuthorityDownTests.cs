using McpFunctionApp.Callers;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Callers;

/// <summary>The authority's keys cannot be had, or are none.</summary>
public sealed class AuthorityDownTests : VerifierTests
{
    [Fact]
    public async Task While_newer_keys_cannot_be_had_a_token_of_an_unknown_key_cannot_be_judged()
    {
        await Rig.AssertVerifiedAsync(Rig.Authority.Token(Rig.Now));
        Rig.Authority.Published = [SigningKey.Rsa, SigningKey.OtherRsa];
        Rig.Authority.Instead = Status(503);
        await AssertUnverifiableAsync(Rig.Authority.Token(Rig.Now, SigningKey.OtherRsa));
        await Rig.AssertVerifiedAsync(Rig.Authority.Token(Rig.Now));
        await Rig.AssertRefusedAsync(
            SigningKey.OtherRsa.Sign("""{"alg":"RS256","kid":"rsa-1"}""", Rig.Authority.Payload(Rig.Now)),
            "its signature is wrong"
        );

        Rig.Authority.Instead = null;
        Rig.Clock.Advance(TimeSpan.FromSeconds(5));
        await Rig.AssertVerifiedAsync(Rig.Authority.Token(Rig.Now, SigningKey.OtherRsa));
    }

    [Fact]
    public async Task While_the_authority_is_down_a_token_cannot_be_judged_and_it_is_asked_once_in_5_seconds()
    {
        var asked = 0;
        Rig.Authority.Instead = context =>
        {
            Interlocked.Increment(ref asked);
            context.Abort();
            return Task.CompletedTask;
        };
        var token = Rig.Authority.Token(Rig.Now);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AssertUnverifiableAsync(token)));
        var once = asked;
        await AssertUnverifiableAsync(token);
        Assert.Equal(once, asked);
        Assert.InRange(once, 1, 2);
        Assert.Single(Rig.Log.Of(8001));

        Rig.Authority.Instead = null;
        Rig.Clock.Advance(TimeSpan.FromSeconds(5));
        await Rig.AssertVerifiedAsync(token);
    }

    [Fact]
    public async Task Keys_that_are_known_are_used_for_a_day_while_the_authority_is_down()
    {
        await Rig.AssertVerifiedAsync(Rig.Authority.Token(Rig.Now));
        Rig.Authority.Instead = Status(503);
        for (var hour = 1; hour < 24; hour++)
        {
            Rig.Clock.Advance(TimeSpan.FromHours(1));
            await Rig.AssertVerifiedAsync(Rig.Authority.Token(Rig.Now));
        }

        Rig.Clock.Advance(TimeSpan.FromHours(1));
        await AssertUnverifiableAsync(Rig.Authority.Token(Rig.Now));
    }

    public static TheoryData<string, Func<HttpContext, Task>> Nonsense =>
        new()
        {
            { "an error", Status(500) },
            { "not found", Status(404) },
            { "a redirect", Redirect },
            { "no JSON", context => FakeFormApi.Json(context, "<html>") },
            { "another JSON", context => FakeFormApi.Json(context, "[]") },
            { "an empty object", context => FakeFormApi.Json(context, "{}") },
            {
                "keys that are none",
                context =>
                    FakeFormApi.Json(
                        context,
                        $$"""{"issuer":"http://{{context.Request.Host}}","jwks_uri":"http://{{context.Request.Host}}"""
                            + $$"""/keys","keys":[{"kty":"XX"},{}]}"""
                    )
            },
            {
                "no issuer",
                context =>
                    FakeFormApi.Json(
                        context,
                        $$"""{"jwks_uri":"http://{{context.Request.Host}}/keys","keys":[{{SigningKey.Rsa.PublicJwk}}]}"""
                    )
            },
            { "keys elsewhere", context => FakeFormApi.Json(context, """{"issuer":"x","jwks_uri":"file:///etc/passwd"}""") },
            {
                "more than is read",
                context =>
                    FakeFormApi.Json(
                        context,
                        $$"""{"issuer":"x{{new string(' ', 1_100_000)}}","jwks_uri":"http://{{context.Request.Host}}"""
                            + $$"""/keys","keys":[{{SigningKey.Rsa.PublicJwk}}]}"""
                    )
            },
        };

    [Theory]
    [MemberData(nameof(Nonsense), DisableDiscoveryEnumeration = true)]
    public async Task Nonsense_from_the_authority_is_no_judgement(string what, Func<HttpContext, Task> instead)
    {
        Rig.Authority.Instead = instead;
        Assert.True((await Rig.CheckAsync(Rig.Authority.Token(Rig.Now))).Standing == TokenStanding.Unverifiable, what);
        Assert.Single(Rig.Log.Of(8001));
    }

    private async Task AssertUnverifiableAsync(string token)
    {
        var caller = await Rig.CheckAsync(token);
        Assert.Equal(TokenStanding.Unverifiable, caller.Standing);
        Assert.False(caller.MayBeSentOn);
    }

    private static Func<HttpContext, Task> Status(int status) =>
        context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

    private static Task Redirect(HttpContext context)
    {
        context.Response.Redirect(context.Request.Path == "/elsewhere" ? "/" : "/elsewhere");
        return Task.CompletedTask;
    }
}
