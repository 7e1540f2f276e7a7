using System.Text.RegularExpressions;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Stress;

namespace McpFunctionApp.Tests.Journeys;

public sealed partial class NoLeakTests
{
    private const int Callers = 60;
    private const int Seed = 20260728;

    private readonly ManualClock _clock = new();
    private readonly Random _random = new(Seed);
    private int _goodCalls;

    [Fact]
    public async Task Many_callers_at_once_get_their_own_form_and_act_as_themselves()
    {
        var crowd = new Crowd(Callers, _random, _clock.GetUtcNow());
        await using var api = await FakeFormApi.StartAsync();
        crowd.Serve(api);
        HoldUntilAllAreUnderWay(api);
        await using var app = await TestApp.StartAsync(
            api,
            _clock,
            EveryLogLine.Settings(("Forms:0:SubmitUrl", api.SubmitUrl), ("RateLimit:PermitsPerMinute", "0"))
        );

        await RushAsync(app, crowd);
        Assert.Equal(Callers, api.FormCalls.Count);
        await RushAsync(app, crowd);
        Assert.Equal(Callers, api.FormCalls.Count);

        // Every form expires while the crowd is at it; each is fetched once more, then or in the last rush.
        await Task.WhenAll(RushAsync(app, crowd), Task.Run(() => _clock.Advance(TimeSpan.FromSeconds(301))));
        await RushAsync(app, crowd);
        Assert.Equal(2 * Callers, api.FormCalls.Count);

        Assert.Equal(_goodCalls, api.Submissions.Count);
        Assert.Equal(_goodCalls, api.Submissions.Select(call => call.Headers["Idempotency-Key"].ToString()).Distinct().Count());
        Assert.All(
            api.Submissions,
            call => Assert.Equal($$"""{"{{crowd[call.Token!].Field}}":"from {{crowd[call.Token!].Number:000}}"}""", call.Body)
        );
        crowd.Hunt.AssertNothingIn(app.Log);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tokens_that_share_their_first_200_characters_are_different_callers(bool perRequest)
    {
        var shared = new string('t', 200);
        await using var api = await FakeFormApi.StartAsync();
        api.ServeByToken(token =>
            token == $"{shared}A" ? """{"name":"Of A","paramName":"of_a"}"""
            : token == $"{shared}B" ? """{"name":"Of B","paramName":"of_b"}"""
            : null
        );
        await using var app = await TestApp.StartAsync(api, settings: EveryLogLine.Settings());
        var a = await app.Rpc.ListAsync($"{shared}A", perRequest);
        var b = await app.Rpc.ListAsync($"{shared}B", perRequest);
        var c = await app.Rpc.ListAsync($"{shared}C", perRequest);
        Assert.Equal(["of_a"], a.Tool("create_request")["inputSchema"]!["properties"]!.AsObject().Select(p => p.Key));
        Assert.Equal(["of_b"], b.Tool("create_request")["inputSchema"]!["properties"]!.AsObject().Select(p => p.Key));
        Assert.Equal("rejected", c.FallbackReason);
    }

    /// <summary>In the first round no form is answered before all callers' forms have been asked for: all flights are in the air
    /// together.</summary>
    private static void HoldUntilAllAreUnderWay(FakeFormApi api)
    {
        var answer = api.OnForm;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        api.OnForm = async context =>
        {
            if (Interlocked.Increment(ref asked) == Callers)
            {
                all.SetResult();
            }

            await all.Task;
            await answer(context);
        };
    }

    /// <summary>Everybody lists, calls, and tries another one's field, in both eras and in random order, all at once.</summary>
    private Task RushAsync(TestApp app, Crowd crowd)
    {
        var acts = crowd
            .Members.SelectMany(member =>
                new Func<Task>[]
                {
                    () => ListAsync(app, crowd, member),
                    () => CallAsync(app, crowd, member),
                    () => CallWithForeignFieldAsync(app, crowd, member, crowd.Members[(member.Number + 1) % Callers]),
                }
            )
            .ToArray();
        _random.Shuffle(acts);
        return Task.WhenAll(acts.Select(act => act()));
    }

    private bool AnyEra() => _random.Next(2) == 0;

    private async Task ListAsync(TestApp app, Crowd crowd, CrowdMember member)
    {
        var answer = await app.Rpc.ListAsync(member.Token, AnyEra());
        Assert.Equal([member.Field], answer.Tool("create_request")["inputSchema"]!["properties"]!.AsObject().Select(p => p.Key));
        AssertBelongsTo(answer, crowd, member);
    }

    private async Task CallAsync(TestApp app, Crowd crowd, CrowdMember member)
    {
        _goodCalls++;
        var answer = await app.Rpc.CallAsync(
            "create_request",
            $$"""{"{{member.Field}}":"from {{member.Number:000}}"}""",
            member.Token,
            AnyEra()
        );
        Assert.Equal(member.RequestId, (string?)answer.Result["structuredContent"]!["id"]);
        AssertBelongsTo(answer, crowd, member);
    }

    private async Task CallWithForeignFieldAsync(TestApp app, Crowd crowd, CrowdMember member, CrowdMember other)
    {
        var answer = await app.Rpc.CallAsync(
            "create_request",
            $$"""{"{{member.Field}}":"mine","{{other.Field}}":"not mine"}""",
            member.Token,
            AnyEra()
        );
        Assert.Equal("invalid_arguments", answer.ErrorCode);
        Assert.StartsWith($"{other.Field}: is not a parameter of this tool.", answer.Text, StringComparison.Ordinal);
        crowd.Hunt.AssertNothingIn(answer);
    }

    private static void AssertBelongsTo(RpcAnswer answer, Crowd crowd, CrowdMember member)
    {
        Assert.All(
            Numbers().Matches(answer.Body).Select(match => match.Groups[1].Value),
            number => Assert.Equal($"{member.Number:000}", number)
        );
        crowd.Hunt.AssertNothingIn(answer);
    }

    [GeneratedRegex("(?:field_|Field |member_|from )([0-9]{3})")]
    private static partial Regex Numbers();
}
