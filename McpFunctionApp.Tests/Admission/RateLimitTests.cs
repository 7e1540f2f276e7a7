using System.Net;
using McpFunctionApp.Admission;
using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Endpoint;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Admission;

/// <summary>One allowance for each caller whose token was accepted, and one for all others from the same address.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private FakeFormApi _api = null!;

    public async Task InitializeAsync() => _api = await SignInApp.StartApiAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_too_many_is_429_with_its_id_a_code_and_when_to_try_again(bool perRequest)
    {
        await using var app = await StartAsync(6);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Rpc.ListAsync(perRequest: perRequest)).Status);
        }

        var refused = await app.Rpc.SendAsync("tools/list", null, perRequest);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal(TimeSpan.FromSeconds(10), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("the-id", (string?)refused.Json["id"]);
        Assert.Equal("rate_limited", (string?)refused.Error["data"]!["code"]);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.ListAsync(perRequest: perRequest)).Status);
    }

    [Fact]
    public async Task Made_up_tokens_share_their_addresss_allowance_and_reach_the_form_api_no_more_often()
    {
        await using var app = await StartAsync(20);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => app.Rpc.ListAsync($"made-up-token-number-{i:0000}")));
        Assert.Equal(80, answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
        Assert.Equal(20, _api.FormCalls.Count);
    }

    [Fact]
    public async Task A_caller_whose_token_was_accepted_has_an_allowance_of_its_own()
    {
        _api.ServeByToken(token => token is Given.Token or Given.OtherToken ? Given.Fields : null);
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
        _api.ServeByToken(_ => null);
        _clock.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal("rejected", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Equal(10, await CountServedAsync(app, null, 15));
        Assert.Equal(0, await CountServedAsync(app, Given.Token, 5));
    }

    [Fact]
    public async Task A_token_whose_form_is_forbidden_has_no_allowance_of_its_own()
    {
        await using var app = await StartAsync(10);
        _api.OnForm = context => FakeFormApi.Json(context, "{}", 403);
        Assert.Equal("forbidden", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Equal(9, await CountServedAsync(app, null, 15));
        Assert.Equal(0, await CountServedAsync(app, Given.Token, 5));
    }

    [Fact]
    public async Task A_verified_caller_has_an_allowance_of_its_own_from_its_second_request_on()
    {
        await using var authority = await TestAuthority.StartAsync();
        await using var app = await WatchedApp.StartAsync(_api, _clock, authority.Settings("Optional", ("RateLimit:PermitsPerMinute", "10")));
        var token = authority.Token(_clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.SendAsync("initialize", $"Bearer {token}", false)).Status);
        Assert.Equal(9, await CountServedAsync(app, null, 15));
        Assert.Equal(10, await CountServedAsync(app, token, 15));
    }

    [Fact]
    public async Task Behind_a_proxy_each_clients_address_counts_and_what_a_client_wrote_itself_does_not()
    {
        await using var app = await StartAsync(5, ("Endpoint:ClientAddressHeader", "X-Forwarded-For"));
        Assert.Equal(5, await CountForwardedAsync(app, i => $"198.51.100.{i}, 203.0.113.1", 10));
        Assert.Equal(5, await CountForwardedAsync(app, i => $"2001:db8:1:2::{i}", 10));
        Assert.Equal(5, await CountForwardedAsync(app, _ => "203.0.113.2:1234", 10));
    }

    [Fact]
    public async Task Without_the_setting_such_a_header_changes_nothing()
    {
        await using var app = await StartAsync(5);
        Assert.Equal(5, await CountForwardedAsync(app, i => $"198.51.100.{i}", 10));
    }

    [Fact]
    public async Task Forgetting_ones_forms_counts_too()
    {
        await using var app = await StartAsync(5);
        Assert.Equal(5, await CountServedAsync(app, null, 6));
        using var answer = await app.Http.DeleteAsync("/cache/me");
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(12), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Zero_turns_it_off()
    {
        await using var app = await StartAsync(0);
        Assert.Equal(1_000, await CountServedAsync(app, null, 1_000));
    }

    [Fact]
    public void Of_a_hundred_thousand_accepted_tokens_a_bounded_number_is_known()
    {
        using var limiter = new RequestLimiter(new RateLimitOptions(1), new EndpointOptions(new HashSet<string>(), 1_024), _clock);
        var context = new DefaultHttpContext();
        var callers = Enumerable.Range(0, 100_000).Select(i => Caller.FromToken($"token-{i}", "groups")).ToList();
        callers.ForEach(caller => limiter.Note(caller, TokenVerdict.Accepted));

        // Whoever is not known shares the address's one permit.
        Assert.InRange(callers.Count(caller => limiter.Take(context, caller) == TimeSpan.Zero), 100, 20_001);
    }

    private Task<WatchedApp> StartAsync(int permits, params (string Name, string? Value)[] more) =>
        WatchedApp.StartAsync(_api, _clock, SignInApp.Settings("Fallback", [("RateLimit:PermitsPerMinute", $"{permits}"), .. more]));

    private static async Task<int> CountServedAsync(WatchedApp app, string? token, int tries)
    {
        var served = 0;
        for (var i = 0; i < tries; i++)
        {
            served += (await app.Rpc.ListAsync(token)).Status == HttpStatusCode.OK ? 1 : 0;
        }

        return served;
    }

    private static async Task<int> CountForwardedAsync(WatchedApp app, Func<int, string> forwardedFor, int tries)
    {
        var served = 0;
        for (var i = 0; i < tries; i++)
        {
            var answer = await app.Rpc.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", null, ("X-Forwarded-For", forwardedFor(i)));
            served += answer.Status == HttpStatusCode.OK ? 1 : 0;
        }

        return served;
    }
}
