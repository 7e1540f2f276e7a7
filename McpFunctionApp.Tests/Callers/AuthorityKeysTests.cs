using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Callers;

/// <summary>The authority's keys change, or are asked for by many at once.</summary>
public sealed class AuthorityKeysTests : VerifierTests
{
    [Fact]
    public async Task A_new_keys_first_token_is_verified_at_once()
    {
        await Rig.AssertVerifiedAsync(Rig.Authority.Token(Rig.Now));
        Rig.Authority.Published = [SigningKey.Rsa, SigningKey.OtherRsa];
        Rig.Clock.Advance(TimeSpan.FromSeconds(31));
        await Rig.AssertVerifiedAsync(Rig.Authority.Token(Rig.Now, SigningKey.OtherRsa));
        Assert.Equal(2, Rig.Authority.KeyFetches);
    }

    [Fact]
    public async Task A_key_that_is_new_right_after_the_keys_were_fetched_is_found_at_once()
    {
        await Rig.AssertVerifiedAsync(Rig.Authority.Token(Rig.Now));
        Rig.Authority.Published = [SigningKey.OtherRsa];
        await Rig.AssertVerifiedAsync(Rig.Authority.Token(Rig.Now, SigningKey.OtherRsa));
    }

    [Fact]
    public async Task A_new_keys_token_that_does_not_name_its_key_is_verified_too()
    {
        await Rig.AssertVerifiedAsync(Rig.Authority.Token(Rig.Now));
        Rig.Authority.Published = [SigningKey.OtherRsa];
        await Rig.AssertVerifiedAsync(SigningKey.OtherRsa.Sign("""{"alg":"RS256"}""", Rig.Authority.Payload(Rig.Now)));
    }

    [Fact]
    public async Task A_withdrawn_keys_tokens_are_refused_within_the_hour_those_that_were_verified_too()
    {
        var token = Rig.Authority.Token(Rig.Now + TimeSpan.FromHours(1));
        var later = SigningKey.Rsa.Sign(Rig.Authority.Payload(Rig.Now, to: 36_000));
        await Rig.AssertVerifiedAsync(later);
        Rig.Authority.Published = [SigningKey.OtherRsa];
        Rig.Clock.Advance(TimeSpan.FromHours(1));
        await Rig.CheckAsync(later);

        // Once for their age; and once more where they are there before the check has looked for the key.
        await Eventually.TrueAsync(() => Rig.Log.Of(8000).Count() >= 2, "the keys are fetched again");
        await Rig.AssertRefusedAsync(later, "its authority has no such signing key");
        await Rig.AssertRefusedAsync(token, "its authority has no such signing key");
    }

    [Fact]
    public async Task Made_up_key_names_cause_one_fetch_in_30_seconds()
    {
        await Rig.AssertVerifiedAsync(Rig.Authority.Token(Rig.Now));
        Rig.Clock.Advance(TimeSpan.FromSeconds(30));
        for (var round = 0; round < 2; round++)
        {
            await Task.WhenAll(
                Enumerable
                    .Range(0, 200)
                    .Select(i =>
                        Rig.AssertRefusedAsync(
                            SigningKey.Rsa.Sign(
                                $$"""{"alg":"RS256","kid":"made-up-{{round}}-{{i}}"}""",
                                Rig.Authority.Payload(Rig.Now)
                            ),
                            "its authority has no such signing key"
                        )
                    )
            );
        }

        Assert.Equal(2, Rig.Authority.KeyFetches);
    }

    [Fact]
    public async Task Many_first_tokens_at_once_cause_one_fetch()
    {
        await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => Rig.AssertVerifiedAsync(Rig.Authority.Token(Rig.Now, claims: $",\"n\":{i}")))
        );
        Assert.Equal(1, Rig.Authority.MetadataFetches);
        Assert.Equal(1, Rig.Authority.KeyFetches);
    }
}
