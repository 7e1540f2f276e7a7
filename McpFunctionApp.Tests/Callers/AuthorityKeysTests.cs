using McpFunctionApp.Callers;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Callers;

/// <summary>The authority's keys change, are asked for by many at once, or cannot be had.</summary>
public sealed class AuthorityKeysTests : IAsyncLifetime
{
    private VerifierRig _rig = null!;

    public async Task InitializeAsync() => _rig = await VerifierRig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task A_new_keys_first_token_is_verified_at_once()
    {
        await _rig.AssertVerifiedAsync(_rig.Authority.Token(_rig.Now));
        _rig.Authority.Published = [SigningKey.Rsa, SigningKey.OtherRsa];
        _rig.Clock.Advance(TimeSpan.FromSeconds(31));
        await _rig.AssertVerifiedAsync(_rig.Authority.Token(_rig.Now, SigningKey.OtherRsa));
        Assert.Equal(2, _rig.Authority.KeyFetches);
    }

    [Fact]
    public async Task A_key_that_is_new_right_after_the_keys_were_fetched_is_found_at_once()
    {
        await _rig.AssertVerifiedAsync(_rig.Authority.Token(_rig.Now));
        _rig.Authority.Published = [SigningKey.OtherRsa];
        await _rig.AssertVerifiedAsync(_rig.Authority.Token(_rig.Now, SigningKey.OtherRsa));
    }

    [Fact]
    public async Task A_new_keys_token_that_does_not_name_its_key_is_verified_too()
    {
        await _rig.AssertVerifiedAsync(_rig.Authority.Token(_rig.Now));
        _rig.Authority.Published = [SigningKey.OtherRsa];
        await _rig.AssertVerifiedAsync(SigningKey.OtherRsa.Sign("""{"alg":"RS256"}""", _rig.Authority.Payload(_rig.Now)));
    }

    [Fact]
    public async Task While_newer_keys_cannot_be_had_a_token_of_an_unknown_key_cannot_be_judged()
    {
        await _rig.AssertVerifiedAsync(_rig.Authority.Token(_rig.Now));
        _rig.Authority.Published = [SigningKey.Rsa, SigningKey.OtherRsa];
        _rig.Authority.Instead = Status(503);
        await AssertUnverifiableAsync(_rig.Authority.Token(_rig.Now, SigningKey.OtherRsa));
        await _rig.AssertVerifiedAsync(_rig.Authority.Token(_rig.Now));
        await _rig.AssertRefusedAsync(
            SigningKey.OtherRsa.Sign("""{"alg":"RS256","kid":"rsa-1"}""", _rig.Authority.Payload(_rig.Now)),
            "its signature is wrong"
        );

        _rig.Authority.Instead = null;
        _rig.Clock.Advance(TimeSpan.FromSeconds(5));
        await _rig.AssertVerifiedAsync(_rig.Authority.Token(_rig.Now, SigningKey.OtherRsa));
    }

    [Fact]
    public async Task A_withdrawn_keys_tokens_are_refused_within_the_hour_those_that_were_verified_too()
    {
        var token = _rig.Authority.Token(_rig.Now + TimeSpan.FromHours(1));
        var later = SigningKey.Rsa.Sign(_rig.Authority.Payload(_rig.Now, to: 36_000));
        await _rig.AssertVerifiedAsync(later);
        _rig.Authority.Published = [SigningKey.OtherRsa];
        _rig.Clock.Advance(TimeSpan.FromHours(1));
        await _rig.CheckAsync(later);
        await Eventually.TrueAsync(() => _rig.Log.Of(8000).Count() == 2, "the keys are fetched again");
        await _rig.AssertRefusedAsync(later, "its authority has no such signing key");
        await _rig.AssertRefusedAsync(token, "its authority has no such signing key");
    }

    [Fact]
    public async Task Made_up_key_names_cause_one_fetch_in_30_seconds()
    {
        await _rig.AssertVerifiedAsync(_rig.Authority.Token(_rig.Now));
        _rig.Clock.Advance(TimeSpan.FromSeconds(30));
        for (var round = 0; round < 2; round++)
        {
            await Task.WhenAll(
                Enumerable
                    .Range(0, 200)
                    .Select(i =>
                        _rig.AssertRefusedAsync(
                            SigningKey.Rsa.Sign(
                                $$"""{"alg":"RS256","kid":"made-up-{{round}}-{{i}}"}""",
                                _rig.Authority.Payload(_rig.Now)
                            ),
                            "its authority has no such signing key"
                        )
                    )
            );
        }

        Assert.Equal(2, _rig.Authority.KeyFetches);
    }

    [Fact]
    public async Task Many_first_tokens_at_once_cause_one_fetch()
    {
        await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => _rig.AssertVerifiedAsync(_rig.Authority.Token(_rig.Now, claims: $",\"n\":{i}")))
        );
        Assert.Equal(1, _rig.Authority.MetadataFetches);
        Assert.Equal(1, _rig.Authority.KeyFetches);
    }

    [Fact]
    public async Task While_the_authority_is_down_a_token_cannot_be_judged_and_it_is_asked_once_in_5_seconds()
    {
        var asked = 0;
        _rig.Authority.Instead = context =>
        {
            Interlocked.Increment(ref asked);
            context.Abort();
            return Task.CompletedTask;
        };
        var token = _rig.Authority.Token(_rig.Now);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AssertUnverifiableAsync(token)));
        var once = asked;
        await AssertUnverifiableAsync(token);
        Assert.Equal(once, asked);
        Assert.InRange(once, 1, 2);
        Assert.Single(_rig.Log.Of(8001));

        _rig.Authority.Instead = null;
        _rig.Clock.Advance(TimeSpan.FromSeconds(5));
        await _rig.AssertVerifiedAsync(token);
    }

    [Fact]
    public async Task Keys_that_are_known_are_used_for_a_day_while_the_authority_is_down()
    {
        await _rig.AssertVerifiedAsync(_rig.Authority.Token(_rig.Now));
        _rig.Authority.Instead = Status(503);
        for (var hour = 1; hour < 24; hour++)
        {
            _rig.Clock.Advance(TimeSpan.FromHours(1));
            await _rig.AssertVerifiedAsync(_rig.Authority.Token(_rig.Now));
        }

        _rig.Clock.Advance(TimeSpan.FromHours(1));
        await AssertUnverifiableAsync(_rig.Authority.Token(_rig.Now));
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
        _rig.Authority.Instead = instead;
        Assert.True((await _rig.CheckAsync(_rig.Authority.Token(_rig.Now))).Standing == TokenStanding.Unverifiable, what);
        Assert.Single(_rig.Log.Of(8001));
    }

    private async Task AssertUnverifiableAsync(string token)
    {
        var caller = await _rig.CheckAsync(token);
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
