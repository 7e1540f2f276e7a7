using Bench.Load.Report;

namespace Bench.Load.Cases;

/// <summary>
/// 2,000 callers, or 10,000, whose forms expire within a few seconds while people go on working, and then at one moment with all
/// of them asking at that moment.
/// </summary>
internal static class ExpiryCase
{
    public const string AtOnce = "all at one moment, and all ask";

    // Schemas:MaxConcurrentOriginCalls as it is without a setting.
    public const int Places = 64;

    private const double PerSecond = 3_000;
    private const int Connections = 512;

    public static async Task RunAsync(Rig rig)
    {
        var (callers, life) =
            rig.Plan.IsLarge ? (10_000, 60)
            : rig.Plan.Measures ? (2_000, 30)
            : (200, 2);
        var questions = Enumerable.Range(0, callers).Select(number => Question.List($"small-{number:00000}")).ToList();
        using var server = await rig.StartProductAsync(
            "product",
            ("Schemas__TtlSeconds", $"{life}"),
            ("Forms__0__TimeoutSeconds", "60")
        );
        Crew.Burst(server.Port, questions);
        await Task.Delay(TimeSpan.FromSeconds(life * 0.8));
        rig.Api.Delay = TimeSpan.FromMilliseconds(50);
        Measure(
            rig,
            "each in its time, 3,000 lists a second",
            () => Crew.Pace(server.Port, questions, PerSecond, TimeSpan.FromSeconds(life * 0.5), Connections)
        );
        await ForgetAsync(rig, server);
        Measure(rig, AtOnce, () => Crew.Burst(server.Port, questions));
        rig.Api.Delay = TimeSpan.Zero;
    }

    private static void Measure(Rig rig, string subject, Func<Tally> load)
    {
        rig.Api.TakeCalls();
        rig.Api.TakeMostAtOnce();
        var tally = load();
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

        Answer.Require(most <= Places, $"The form API had {most} calls at once, and {Places} are allowed.");
    }

    /// <summary>Every form ends now, as if all had been fetched in one moment.</summary>
    private static async Task ForgetAsync(Rig rig, Server server)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("x-functions-key", rig.AdminKey);
        using var answer = await client.DeleteAsync(new Uri($"http://127.0.0.1:{server.Port}/cache"));
        answer.EnsureSuccessStatusCode();
    }
}
