using System.Diagnostics;
using Bench.Load.Report;

namespace Bench.Load.Cases;

/// <summary>
/// 10,000 callers whose forms expire within a few seconds while people go on working, and then at one moment with all of them
/// asking at that moment.
/// </summary>
internal static class ExpiryCase
{
    public const string InTime = "each in its time, 3,000 lists a second";
    public const string AtOnce = "all at one moment, and all ask";

    // Schemas:MaxConcurrentOriginCalls as it is without a setting.
    public const int Places = 64;

    private const double PerSecond = 3_000;
    private const int Connections = 512;

    private static readonly TimeSpan s_distance = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(Rig rig)
    {
        var (callers, life) = rig.Plan.Measures ? (10_000, 30) : (200, 2);
        var questions = Enumerable.Range(0, callers).Select(number => Question.List($"small-{number:00000}")).ToList();

        // As many connections as there are callers, beside those of the case's own.
        using var server = await rig.StartProductAsync(
            "product",
            ("Schemas__TtlSeconds", $"{life}"),
            ("Forms__0__TimeoutSeconds", "60"),
            ("Endpoint__MaxConnections", "20000")
        );
        var began = Stopwatch.GetTimestamp();
        Crew.Each(server.Port, questions);
        await WaitAsync(TimeSpan.FromSeconds(life * 0.8) - Stopwatch.GetElapsedTime(began));
        rig.Api.Delay = s_distance;
        await MeasureAsync(rig, InTime, () => Task.FromResult(Pace(server, questions, TimeSpan.FromSeconds(life * 0.6))));
        using var swarm = await Swarm.ConnectAsync(server.Port, callers);
        await ForgetAsync(rig, server);
        await MeasureAsync(rig, AtOnce, () => AskAsync(rig, swarm, questions));
        rig.Api.Delay = TimeSpan.Zero;
    }

    private static Tally Pace(Server server, List<Question> questions, TimeSpan length) =>
        Crew.Pace(server.Port, questions, PerSecond, length, Connections);

    private static async Task<Tally> AskAsync(Rig rig, Swarm swarm, List<Question> questions)
    {
        var (tally, sending) = await swarm.AskAsync(questions);
        rig.Book.Add(CaseNames.Expiry, AtOnce, Units.Sending, sending.TotalMilliseconds);
        rig.Book.Add(CaseNames.Expiry, AtOnce, Units.LeastPossible, s_distance.TotalMilliseconds * questions.Count / Places);
        return tally;
    }

    private static async Task MeasureAsync(Rig rig, string subject, Func<Task<Tally>> load)
    {
        rig.Api.TakeCalls();
        rig.Api.TakeMostAtOnce();
        var tally = await load();
        var most = rig.Api.TakeMostAtOnce();
        void Add(string unit, double value) => rig.Book.Add(CaseNames.Expiry, subject, unit, value);
        Add(Units.Requests, tally.Requests);
        Add(Units.P50, tally.Percentile(0.5));
        Add(Units.P99, tally.Percentile(0.99));
        Add(Units.Longest, tally.Percentile(1));
        Add(Units.OriginCalls, rig.Api.TakeCalls());
        Add(Units.AtOnce, most);
        if (rig.Plan.Measures)
        {
            Console.WriteLine(
                $"{subject}: p50 {Numbers.Show(tally.Percentile(0.5))} ms, p99 {Numbers.Show(tally.Percentile(0.99))} ms, "
                    + $"{most} at once"
            );
        }

        rig.Expect(most <= Places, $"The form API had {most} calls at once, and {Places} are allowed.");
    }

    private static Task WaitAsync(TimeSpan time) => time > TimeSpan.Zero ? Task.Delay(time) : Task.CompletedTask;

    /// <summary>Every form ends now, as if all had been fetched in one moment.</summary>
    private static async Task ForgetAsync(Rig rig, Server server)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("x-functions-key", rig.AdminKey);
        using var answer = await client.DeleteAsync(new Uri($"http://127.0.0.1:{server.Port}/cache"));
        answer.EnsureSuccessStatusCode();
    }
}
