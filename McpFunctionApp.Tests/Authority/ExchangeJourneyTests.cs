using McpFunctionApp.Tests.Journeys;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Authority;

/// <summary>The official clients with a real authority and a form API that accepts tokens of its own audience alone.</summary>
public sealed class ExchangeJourneyTests
{
    private static readonly JourneyStep s_call = JourneyStep.Call("create_request", """{"of_sam":"hello"}""");

    [Theory, CSharpClients, NodeClients]
    public async Task A_user_signs_in_lists_and_calls_and_the_form_api_sees_its_own_token_alone(string client)
    {
        foreach (var grant in (string[])["TokenExchange", "OnBehalfOf"])
        {
            await using var world = await ExchangeWorld.StartAsync(grant);
            var journey = await SignedInJourney.TravelAsync(client, world.App, JourneyStep.List, s_call);
            Assert.Equal(JourneyClients.RevisionOf(client), journey.Revision);
            Assert.Equal(["of_sam"], journey.Answers[0].Parameters("create_request"));
            Assert.Equal("request-of-sam", (string?)journey.Answers[1].Result["structuredContent"]!["id"]);
            Assert.Single(world.Authority.Exchanges);
            Assert.DoesNotContain(world.Forms.Calls, call => call.Token == world.Authority.Exchanges[0].Subject);
            Assert.Single(world.Forms.Calls.Select(call => call.Token).Distinct());
        }
    }

    [Theory, CSharpClients, NodeClients]
    public async Task Missing_consent_is_said_and_gone_once_it_is_given(string client)
    {
        await using var world = await ExchangeWorld.StartAsync("OnBehalfOf");
        world.Authority.Grants.IsConsented = false;
        var token = world.Authority.Tokens.For("sam");
        var before = await TravelAsync(client, world, token, JourneyStep.List, s_call);
        Assert.Equal("consent_required", before.Answers[0].FallbackReason);
        Assert.Equal("consent_required", before.Answers[1].ErrorCode);
        Assert.Contains("https://login.example/consent", before.Answers[1].Text, StringComparison.Ordinal);

        world.Authority.Grants.IsConsented = true;
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        var after = await TravelAsync(client, world, token, JourneyStep.List, s_call);
        Assert.False(after.Answers[1].IsError);
    }

    [Theory, CSharpClients, NodeClients]
    public async Task Tokens_end_are_revoked_and_keys_change_and_each_is_what_it_is(string client)
    {
        await using var world = await ExchangeWorld.StartAsync("TokenExchange");
        world.Authority.Grants.FormTokenLife = TimeSpan.FromMinutes(10);
        var token = world.Authority.Tokens.For("sam");
        AssertServed(world, await TravelAsync(client, world, token, s_call));

        // The exchanged token ends: another one is asked for.
        world.Clock.Advance(TimeSpan.FromMinutes(11));
        AssertServed(world, await TravelAsync(client, world, token, s_call));
        Assert.Equal(2, world.Authority.Exchanges.Count);

        // The caller's own is revoked: what was exchanged for it serves to its end, and no longer.
        world.Authority.Tokens.Revoke(token);
        world.Clock.Advance(TimeSpan.FromMinutes(11));
        var revoked = await TravelAsync(client, world, token, JourneyStep.List);
        Assert.Equal("rejected", revoked.Single.FallbackReason);
        Assert.Single(world.App.Log.Lines, line => line.Level == LogLevel.Error);

        // The authority signs with another key, and a token of the new one is served at once.
        await world.Authority.RotateKeyAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(31));
        var fresh = world.Authority.Tokens.For("sam");
        AssertServed(world, await TravelAsync(client, world, fresh, s_call));

        // It ends, and the client is asked to sign in again.
        world.Clock.Advance(TimeSpan.FromMinutes(62));
        await Assert.ThrowsAnyAsync<Exception>(() => TravelAsync(client, world, fresh, JourneyStep.List));
    }

    [Theory, CSharpClients, NodeClients]
    public async Task While_the_authority_is_down_callers_get_the_static_tools_and_all_is_well_once_it_is_back(string client)
    {
        await using var world = await ExchangeWorld.StartAsync("TokenExchange");
        var token = world.Authority.Tokens.For("sam");
        AssertServed(world, await TravelAsync(client, world, token, s_call));

        var other = world.Authority.Tokens.For("sam");
        await world.Authority.StopAsync();
        var down = await TravelAsync(client, world, other, JourneyStep.List, s_call);
        Assert.Equal("unavailable", down.Answers[0].FallbackReason);
        Assert.Equal("form_unavailable", down.Answers[1].ErrorCode);

        // Who has a token already is served as before.
        AssertServed(world, await TravelAsync(client, world, token, s_call));

        await world.Authority.StartAgainAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        AssertServed(world, await TravelAsync(client, world, other, s_call));
    }

    [Fact]
    public async Task A_key_of_the_servers_own_is_accepted_by_a_real_authority()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        using var file = new KeyFile(key.ExportRSAPrivateKeyPem());
        await using var world = await ExchangeWorld.StartAsync("TokenExchange", ("Callers:Client:KeyFile", file.Path));
        world.Authority.ServerKey = new Microsoft.IdentityModel.Tokens.RsaSecurityKey(key);
        var answer = await world.App.Rpc.CallAsync(
            "create_request",
            """{"of_ada":"x"}""",
            world.Authority.Tokens.For("ada"),
            true
        );
        Assert.Equal("request-of-ada", (string?)answer.Result["structuredContent"]!["id"]);
        Assert.Null(world.Authority.Exchanges.Single().Authorization);
    }

    private static void AssertServed(ExchangeWorld world, Journey journey) =>
        Assert.False(journey.Single.IsError, $"{journey.Single.Result}\n{string.Join('\n', OwnLines(world))}");

    private static IEnumerable<string> OwnLines(ExchangeWorld world) =>
        world
            .App.Log.Lines.Where(line => line.Category.StartsWith("McpFunctionApp", StringComparison.Ordinal))
            .Select(line => line.Text);

    private static Task<Journey> TravelAsync(
        string client,
        ExchangeWorld world,
        string token,
        params IReadOnlyList<JourneyStep> steps
    ) => JourneyClients.Of(client).TravelAsync(world.App.Endpoint, $"Bearer {token}", steps);
}
