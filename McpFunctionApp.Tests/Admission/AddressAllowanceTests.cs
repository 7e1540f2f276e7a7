using System.Net;
using McpFunctionApp.Admission;
using McpFunctionApp.Callers;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Admission;

/// <summary>Whose address counts, and when none does.</summary>
public sealed class AddressAllowanceTests : LimitedAppTests
{
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
        var limiter = new RequestLimiter(new RateLimitOptions(5), null, accepted, Clock);
        Assert.Equal(50, Enumerable.Range(0, 60).Count(_ => limiter.Take(From("203.0.113.1"), null) == TimeSpan.Zero));
        Assert.Equal(5, Enumerable.Range(0, 10).Count(_ => limiter.Take(From("203.0.113.2"), null) == TimeSpan.Zero));
        Assert.Equal(5, Enumerable.Range(0, 10).Count(_ => limiter.Take(From("203.0.113.1"), null) == TimeSpan.Zero));
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
