using System.Diagnostics;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace McpFunctionApp.Tests.Stress;

/// <summary>Everything at once: briefly, or for as long as STRESS_SECONDS says.</summary>
[Collection(SecondAzuriteCollection.Name)]
public sealed class StressTests(AzuriteServer azurite, ITestOutputHelper output)
{
    // So many that each disturbance happens on a slow machine, too.
    private const int FewestTurns = 24;
    private const string AdminKey = "a-long-and-random-key";

    // Submissions whose connection broke, and requests that the stopped table could not take, or left unanswered.
    private static readonly int[] s_expectedErrors = [2001, 2021, 2022];

    private static readonly int s_callers = AllTests.AreWanted ? 50 : 20;
    private static readonly TimeSpan s_length = AllTests.LengthOf("STRESS_SECONDS");

    private readonly ManualClock _clock = new();
    private readonly StressCounts _counts = new();
    private readonly int[] _floors = new int[s_callers];

    [NodeFact]
    public async Task Every_answer_is_the_callers_own_whatever_expires_fails_and_is_forgotten_meanwhile()
    {
        var crowd = new Crowd(s_callers, new Random(4711), _clock.GetUtcNow().AddYears(1));
        var world = new StressWorld(crowd);
        await using var api = await FakeFormApi.StartAsync();
        world.Serve(api);
        await using var app = await TestApp.StartAsync(Settings(api), _clock);
        var actors = crowd
            .Members.Select(me => new StressActor(
                app,
                crowd,
                me,
                crowd.Members[(me.Number + 1) % s_callers],
                world,
                _counts,
                _floors
            ))
            .ToList();

        using var stop = new CancellationTokenSource();
        var acting = actors.Select(actor => Task.Run(() => actor.RunAsync(stop.Token))).ToList();
        await DisturbAsync(app, world);
        await stop.CancelAsync();
        await Task.WhenAll(acting);
        await azurite.StopAsync();
        await azurite.StartAsync();

        // In the end all is well again: what was forgotten is fetched anew.
        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(200, await ForgetAllAsync(app, world));
        await Task.WhenAll(actors.Select(actor => actor.ListAsync(mustHaveForm: true)));
        output.WriteLine(
            $"{s_length.TotalSeconds:0} s: {_counts}; {api.FormCalls.Count} questions and {api.Submissions.Count} "
                + $"submissions to the form API, {world.Faults} of them gone wrong"
        );
        output.WriteLine(await CacheAsync(app));
        output.WriteLine(
            string.Join(
                ", ",
                app.Log.Lines.Where(line => line.Level >= LogLevel.Warning)
                    .GroupBy(line => line.EventId)
                    .Select(group => $"event {group.Key}: {group.Count()}")
            )
        );
        output.WriteLine(
            string.Join(
                "\n",
                app.Log.Lines.Where(line => line.EventId == 1020)
                    .GroupBy(line => line.Text)
                    .Select(group => $"{group.Count()} x {group.Key}")
            )
        );
        crowd.Hunt.AssertNothingIn(app.Log);
        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= LogLevel.Error && !s_expectedErrors.Contains(line.EventId));
        Assert.InRange(_counts.SlowestMilliseconds, 0, 15_000);
        Assert.True(_counts.Degraded > 0 && world.Faults > 0, "nothing went wrong, so that nothing was tried");
    }

    private Dictionary<string, string?> Settings(FakeFormApi api) =>
        new()
        {
            ["Forms:0:Url"] = api.FormUrl,
            ["Forms:0:SubmitUrl"] = api.SubmitUrl,
            ["Forms:1:Tool"] = "record_request",
            ["Forms:1:Url"] = api.FormUrl,
            ["TableStorage"] = azurite.ConnectionString,
            ["Admin:Key"] = AdminKey,
            ["RateLimit:PermitsPerMinute"] = "0",
            ["Logging:LogLevel:McpFunctionApp"] = "Information",
        };

    /// <summary>Time passes, the form API breaks and mends, all is forgotten, and the table goes away and comes back.</summary>
    private async Task DisturbAsync(TestApp app, StressWorld world)
    {
        var random = new Random(4711);
        var starting = Task.CompletedTask;
        var watch = Stopwatch.StartNew();
        for (var turn = 0; turn < FewestTurns || watch.Elapsed < s_length; turn++)
        {
            await Task.Delay(100, CancellationToken.None);
            _clock.Advance(TimeSpan.FromSeconds(random.Next(1, 40)));
            world.Break(
                (turn / 5 % 4) switch
                {
                    0 => 0,
                    1 => 10,
                    2 => 0,
                    _ => 60,
                }
            );
            if (turn % 7 == 3)
            {
                await ForgetAllAsync(app, world);
            }

            if (turn % 80 == 16)
            {
                await starting;
                await azurite.StopAsync();
            }
            else if (turn % 80 == 20)
            {
                // Not waited for: the clock goes on, and with it the pause after trouble with the table.
                starting = azurite.StartAsync();
            }
        }

        world.Break(0);
        await starting;
    }

    private async Task<int> ForgetAllAsync(TestApp app, StressWorld world)
    {
        var version = world.NextVersion();
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/cache");
        request.Headers.Add("x-functions-key", AdminKey);
        using var response = await app.Http.SendAsync(request);
        Assert.Contains((int)response.StatusCode, new[] { 200, 503 });
        for (var caller = 0; response.IsSuccessStatusCode && caller < s_callers; caller++)
        {
            StressActor.InterlockedMax(ref _floors[caller], version);
        }

        return (int)response.StatusCode;
    }

    private static async Task<string> CacheAsync(TestApp app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cache");
        request.Headers.Add("x-functions-key", AdminKey);
        using var response = await app.Http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
