using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>Many callers whose forms are fetched, and expire, at the same moment.</summary>
public sealed class FormSchemasCrowdTests : AppTests<WatchedApp>
{
    private const int Places = 8;
    private const int Callers = 200;

    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(300);

    private int _underWay;
    private int _most;

    protected override void ServeForm() =>
        Api.OnForm = async context =>
        {
            var now = Interlocked.Increment(ref _underWay);
            for (var seen = _most; now > seen; seen = _most)
            {
                Interlocked.CompareExchange(ref _most, now, seen);
            }

            await Task.Delay(1);
            Interlocked.Decrement(ref _underWay);
            await FakeFormApi.Json(context, Given.Form);
        };

    protected override Task<WatchedApp> StartAsync() =>
        WatchedApp.StartAsync(
            Api,
            Clock,
            new() { ["Schemas:MaxConcurrentOriginCalls"] = $"{Places}", ["RateLimit:PermitsPerMinute"] = "0" }
        );

    [Fact]
    public async Task All_whose_forms_expire_at_one_moment_are_served_and_the_form_api_has_as_many_calls_at_once_as_allowed()
    {
        await ListAllAsync();
        Clock.Advance(s_life);
        await ListAllAsync();
        Assert.Equal(2 * Callers, Api.FormCalls.Count);
        Assert.Equal(Places, _most);
    }

    [Fact]
    public async Task Forms_that_waited_for_their_turn_do_not_expire_together_nor_live_longer_than_set()
    {
        var lives = await ListAllAsync();
        Assert.All(lives, life => Assert.InRange(life, s_life.TotalMilliseconds * 0.9, s_life.TotalMilliseconds));
        Assert.InRange(lives.Distinct().Count(), Callers / 2, Callers);

        Clock.Advance(s_life * 0.95);
        var before = Api.FormCalls.Count;
        await ListAllAsync();
        Assert.InRange(Api.FormCalls.Count - before, Callers / 4, Callers * 3 / 4);
    }

    [Fact]
    public async Task A_form_that_did_not_wait_lives_as_long_as_set()
    {
        for (var caller = 0; caller < Places; caller++)
        {
            Assert.Equal(s_life.TotalMilliseconds, await TtlAsync(caller));
        }
    }

    [Fact]
    public void A_caller_has_the_same_place_in_a_crowd_each_time_and_lives_are_spread_evenly_over_a_tenth()
    {
        var lives = Enumerable.Range(0, 1_000).Select(LifeOf).ToList();
        Assert.Equal(lives, Enumerable.Range(0, 1_000).Select(LifeOf));
        Assert.All(lives, life => Assert.InRange(life, s_life * 0.9, s_life));
        Assert.All(
            lives.GroupBy(life => (int)((s_life - life) / (s_life * 0.01))),
            tenth => Assert.InRange(tenth.Count(), 60, 140)
        );
    }

    private static TimeSpan LifeOf(int caller) => CrowdLife.Of(s_life, Caller.FromToken($"caller-{caller}", "groups"));

    private Task<double[]> ListAllAsync() => Task.WhenAll(Enumerable.Range(0, Callers).Select(TtlAsync));

    private async Task<double> TtlAsync(int caller)
    {
        var answer = await App.Rpc.ListAsync($"{Given.Token}-{caller}", perRequest: true);
        Assert.Contains("create_request", answer.ToolNames);
        return (double)answer.Result["ttlMs"]!;
    }
}
