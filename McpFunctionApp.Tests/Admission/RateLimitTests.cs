using System.Net;
using McpFunctionApp.Admission;
using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Admission;

/// <summary>One allowance for each caller whose token was accepted, and one for all others from the same address.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private const string Header = "X-Forwarded-For";

    private readonly ManualClock _clock = new();
    private FakeFormApi _api = null!;

    public async Task InitializeAsync() => _api = await SignInApp.StartApiAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_too_many_is_429_with_a_code_and_when_to_try_again(bool perRequest)
    {
        await using var app = await StartAsync(6);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Rpc.ListAsync(perRequest: perRequest)).Status);
        }

        var refused = await app.Rpc.SendAsync("tools/list", null, perRequest);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal(TimeSpan.FromSeconds(10), refused.Headers.RetryAfter!.Delta);
        Assert.Null(refused.Json["id"]);
        Assert.Equal("rate_limited", (string?)refused.Error["data"]!["code"]);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.ListAsync(perRequest: perRequest)).Status);
    }

    [Fact]
    public async Task Made_up_tokens_share_their_addresss_allowance_and_reach_the_form_api_no_more_often()
    {
        await using var app = await StartAsync(20);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => app.Rpc.ListAsync($"made-up-token-number-{i:0000}"))
        );
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
        await using var app = await WatchedApp.StartAsync(
            _api,
            _clock,
            authority.Settings("Optional", ("RateLimit:PermitsPerMinute", "10"), ("Endpoint:ClientAddressHeader", Header))
        );
        app.Http.DefaultRequestHeaders.Add(Header, "203.0.113.7");
        var token = authority.Token(_clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.SendAsync("initialize", $"Bearer {token}", false)).Status);
        Assert.Equal(9, await CountServedAsync(app, null, 15));
        Assert.Equal(10, await CountServedAsync(app, token, 15));
    }

    [Fact]
    public async Task Behind_a_proxy_each_clients_address_counts_and_what_a_client_wrote_itself_does_not()
    {
        await using var app = await StartAsync(5);
        Assert.Equal(5, await CountForwardedAsync(app, i => $"198.51.100.{i}, 203.0.113.1", 10));
        Assert.Equal(5, await CountForwardedAsync(app, i => $"2001:db8:1:2::{i}", 10));
        Assert.Equal(5, await CountForwardedAsync(app, _ => "203.0.113.2:1234", 10));
    }

    [Fact]
    public async Task Without_the_setting_such_a_header_changes_nothing()
    {
        await using var app = await StartAsync(5, ("Endpoint:ClientAddressHeader", null));
        Assert.Equal(50, await CountForwardedAsync(app, i => $"198.51.100.{i}", 60));
    }

    [Fact]
    public async Task Where_every_request_comes_from_this_machine_only_the_process_has_an_allowance_and_the_start_says_so()
    {
        await using var app = await StartAsync(5, ("Endpoint:ClientAddressHeader", null));
        Assert.Contains("Endpoint:ClientAddressHeader", Assert.Single(app.Log.Of(6003)).Text, StringComparison.Ordinal);
        await app.Rpc.ListAsync(Given.Token);
        Assert.Equal(49, await CountServedAsync(app, null, 60));

        // Whoever was accepted has an allowance of their own all the same.
        Assert.Equal(5, await CountServedAsync(app, Given.Token, 10));
    }

    [Fact]
    public async Task With_the_setting_the_start_says_nothing_of_addresses()
    {
        await using var app = await StartAsync(5);
        Assert.Empty(app.Log.Of(6003));
    }

    [Fact]
    public void While_all_requests_show_one_address_there_is_no_allowance_per_address()
    {
        using var accepted = new AcceptedTokens();
        var limiter = new RequestLimiter(new RateLimitOptions(5), null, accepted, _clock);
        Assert.Equal(50, Enumerable.Range(0, 60).Count(_ => limiter.Take(From("203.0.113.1"), null) == TimeSpan.Zero));
        Assert.Equal(5, Enumerable.Range(0, 10).Count(_ => limiter.Take(From("203.0.113.2"), null) == TimeSpan.Zero));
        Assert.Equal(5, Enumerable.Range(0, 10).Count(_ => limiter.Take(From("203.0.113.1"), null) == TimeSpan.Zero));
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_body_takes_a_permit_for_each_64_KiB(bool chunked)
    {
        await using var app = await StartAsync(60);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"ping"}""".PadRight(1_000_000),
                null,
                "application/json"
            ),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.TransferEncodingChunked = chunked;
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.SendAsync(request)).Status);
        Assert.Equal(44, await CountServedAsync(app, null, 60));
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
        using var accepted = new AcceptedTokens();
        var limiter = new RequestLimiter(new RateLimitOptions(1), Header, accepted, _clock);
        var context = From("203.0.113.1");
        var callers = Enumerable.Range(0, 100_000).Select(i => Caller.FromToken($"token-{i}", "groups")).ToList();
        callers.ForEach(caller => limiter.Note(caller, TokenVerdict.Accepted));

        // Whoever is not known shares the address's one permit.
        Assert.InRange(callers.Count(caller => limiter.Take(context, caller) == TimeSpan.Zero), 100, 20_001);
    }

    /// <summary>Behind a proxy, since all of a test's requests come from this machine; each shows one client unless it says
    /// otherwise.</summary>
    private async Task<WatchedApp> StartAsync(int permits, params (string Name, string? Value)[] more)
    {
        var settings = SignInApp.Settings(
            "Fallback",
            ("RateLimit:PermitsPerMinute", $"{permits}"),
            ("Endpoint:ClientAddressHeader", Header)
        );
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        var app = await WatchedApp.StartAsync(_api, _clock, settings);
        app.Http.DefaultRequestHeaders.Add(Header, "203.0.113.7");
        return app;
    }

    private static DefaultHttpContext From(string address) =>
        new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

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
            var answer = await app.Rpc.PostAsync(
                """{"jsonrpc":"2.0","id":1,"method":"ping"}""",
                null,
                ("X-Forwarded-For", forwardedFor(i))
            );
            served += answer.Status == HttpStatusCode.OK ? 1 : 0;
        }

        return served;
    }
}
