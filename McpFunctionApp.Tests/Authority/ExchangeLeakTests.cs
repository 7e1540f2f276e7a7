using System.Collections.Concurrent;
using McpFunctionApp.Callers;
using McpFunctionApp.Callers.Exchange;
using McpFunctionApp.Tests.Authority.OpenIddictServer;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Journeys;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Authority;

/// <summary>Which token is seen by whom: the caller's own by this server and the authority, the exchanged one by the form
/// API.</summary>
public sealed class ExchangeLeakTests
{
    private const int Users = 50;

    [Fact]
    public async Task Fifty_callers_at_once_each_act_as_themselves_and_no_token_is_seen_by_anybody_else()
    {
        await using var world = await ExchangeWorld.StartAsync("TokenExchange");
        var subjects = Enumerable.Range(0, Users).Select(n => world.Authority.Tokens.For($"user{n:00}")).ToList();
        HoldUntilAllAreUnderWay(world.Authority);
        var answers = new ConcurrentQueue<RpcAnswer>();
        await Task.WhenAll(subjects.SelectMany((token, n) => new[] { ListAsync(n, token), CallAsync(n, token) }));

        Assert.Equal(Users, world.Authority.Exchanges.Count);
        Assert.Equal(subjects.Order(), world.Authority.Exchanges.Select(exchange => exchange.Subject!).Order());
        var exchanged = world.Forms.Calls.Select(call => call.Token!).Distinct().ToList();
        Assert.Equal(Users, exchanged.Count);
        Assert.Empty(exchanged.Intersect(subjects));
        Assert.Empty(
            Signatures(world.Forms.Calls.Select(call => string.Join(' ', call.Headers.Select(header => header.Value))), subjects)
        );

        var signatures = new TokenHunt([.. exchanged.Concat(subjects).Select(SignatureOf)]);
        signatures.AssertNothingIn(world.App.Log);
        Assert.All(answers, signatures.AssertNothingIn);

        async Task ListAsync(int n, string token)
        {
            var list = await world.App.Rpc.ListAsync(token, n % 2 == 0);
            answers.Enqueue(list);
            Assert.Equal(
                [$"of_user{n:00}"],
                list.Tool("create_request")["inputSchema"]!["properties"]!.AsObject().Select(p => p.Key)
            );
        }

        async Task CallAsync(int n, string token)
        {
            var call = await world.App.Rpc.CallAsync("create_request", $$"""{"of_user{{n:00}}":"x"}""", token, n % 2 == 1);
            answers.Enqueue(call);
            Assert.Equal($"request-of-user{n:00}", (string?)call.Result["structuredContent"]!["id"]);
        }
    }

    [Fact]
    public async Task A_token_that_is_not_verified_here_never_reaches_the_authority()
    {
        await using var world = await ExchangeWorld.StartAsync("OnBehalfOf");
        var good = world.Authority.Tokens.For("sam");
        string[] others =
        [
            "opaque-token-of-somebody-else",
            Given.Jwt(world.Clock.GetUtcNow().AddHours(1)),
            good[..^6] + "AAAAAA",
            world.Authority.Tokens.For("sam", audience: "https://other.example"),
            world.Authority.Tokens.For("sam", scope: "other"),
        ];
        foreach (var token in others)
        {
            await world.App.Rpc.ListAsync(token, true);
            await world.App.Rpc.CallAsync("create_request", """{"of_sam":"x"}""", token);
        }

        Assert.Empty(world.Authority.Questions);
        Assert.Empty(world.Forms.Calls);
    }

    [Theory]
    [InlineData(TokenStanding.Unchecked)]
    [InlineData(TokenStanding.OutOfScope)]
    [InlineData(TokenStanding.Refused)]
    [InlineData(TokenStanding.Unverifiable)]
    public async Task No_caller_but_a_verified_one_is_given_an_exchanged_token(TokenStanding standing)
    {
        await using var world = await ExchangeWorld.StartAsync("TokenExchange");
        var tokens = world.App.Services.GetRequiredService<FormTokens>();
        var options = world.App.Services.GetRequiredService<IReadOnlyList<McpFunctionApp.FormApi.FormOptions>>()[0].Exchange;
        var sender = await tokens.GetAsync(
            options,
            Caller.FromToken(world.Authority.Tokens.For("sam"), "groups").With(standing),
            CancellationToken.None
        );
        Assert.Equal(ExchangeTrouble.Rejected, sender.Failure?.Trouble);
        Assert.Empty(world.Authority.Questions);
    }

    /// <summary>No token is given before all callers have asked for one: all exchanges are in the air together.</summary>
    private static void HoldUntilAllAreUnderWay(OpenIddictAuthority authority)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        authority.Grants.BeforeExchange = () =>
        {
            if (Interlocked.Increment(ref asked) == Users)
            {
                all.SetResult();
            }

            return all.Task;
        };
    }

    // Heads and some claims are the same in all tokens of one authority, and in its error texts: what is secret is the signature.
    private static string SignatureOf(string token) => token[(token.LastIndexOf('.') + 1)..];

    private static IEnumerable<string> Signatures(IEnumerable<string> texts, IEnumerable<string> tokens) =>
        texts.Where(text => tokens.Any(token => text.Contains(SignatureOf(token), StringComparison.Ordinal)));
}
