using System.Net;
using McpFunctionApp.Admission;
using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Admission;

/// <summary>One allowance for each caller whose token was accepted, and one for all others from the same address.</summary>
public sealed class CallerAllowanceTests : LimitedAppTests
{
    [Fact]
    public async Task Made_up_tokens_share_their_addresss_allowance_and_reach_the_form_api_no_more_often()
    {
        await using var app = await StartAsync(20);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => app.Rpc.ListAsync($"made-up-token-number-{i:0000}"))
        );
        Assert.Equal(80, answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
        Assert.Equal(20, Api.FormCalls.Count);
    }

    [Fact]
    public async Task A_caller_whose_token_was_accepted_has_an_allowance_of_its_own()
    {
        Api.ServeByToken(token => token is Given.Token or Given.OtherToken ? Given.Fields : null);
        await using var app = await StartAsync(10);
        await app.Rpc.ListAsync(Given.Token);
        await app.Rpc.ListAsync(Given.OtherToken);
        for (var i = 0; i < 20; i++)
        {
            await app.Rpc.ListAsync($"made-up-token-number-{i:0000}");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await app.Rpc.ListAsync()).Status);
        Assert.Equal(10, await CountServedAsync(app, Given.Token, 15));
        Assert.Equal(10, await CountServedAsync(app, Given.OtherToken, 15));
    }

    [Fact]
    public async Task A_token_that_is_refused_later_loses_its_own_allowance()
    {
        await using var app = await StartAsync(10);
        await app.Rpc.ListAsync(Given.Token);
        Api.ServeByToken(_ => null);
        Clock.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal("rejected", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Equal(10, await CountServedAsync(app, null, 15));
        Assert.Equal(0, await CountServedAsync(app, Given.Token, 5));
    }

    [Fact]
    public async Task A_token_whose_form_is_forbidden_has_no_allowance_of_its_own()
    {
        await using var app = await StartAsync(10);
        Api.OnForm = context => FakeFormApi.Json(context, "{}", 403);
        Assert.Equal("forbidden", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Equal(9, await CountServedAsync(app, null, 15));
        Assert.Equal(0, await CountServedAsync(app, Given.Token, 5));
    }

    [Fact]
    public async Task A_verified_caller_has_an_allowance_of_its_own_from_its_second_request_on()
    {
        await using var authority = await TestAuthority.StartAsync();
        await using var app = await WatchedApp.StartAsync(
            Api,
            Clock,
            authority.Settings("Optional", ("RateLimit:PermitsPerMinute", "10"), ("Endpoint:ClientAddressHeader", Header))
        );
        app.Http.DefaultRequestHeaders.Add(Header, "203.0.113.7");
        var token = authority.Token(Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.SendAsync("initialize", $"Bearer {token}", false)).Status);
        Assert.Equal(9, await CountServedAsync(app, null, 15));
        Assert.Equal(10, await CountServedAsync(app, token, 15));
    }

    [Fact]
    public void Of_a_hundred_thousand_accepted_tokens_a_bounded_number_is_known()
    {
        using var accepted = new AcceptedTokens();
        var limiter = new RequestLimiter(new RateLimitOptions(1), Header, accepted, Clock);
        var context = From("203.0.113.1");
        var callers = Enumerable.Range(0, 100_000).Select(i => Caller.FromToken($"token-{i}", "groups")).ToList();
        callers.ForEach(caller => limiter.Note(caller, TokenVerdict.Accepted));

        // Whoever is not known shares the address's one permit.
        Assert.InRange(callers.Count(caller => limiter.Take(context, caller) == TimeSpan.Zero), 100, 20_001);
    }
}
