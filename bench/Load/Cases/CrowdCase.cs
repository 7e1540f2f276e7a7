using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bench.Load.Report;

namespace Bench.Load.Cases;

/// <summary>
/// 5,000 callers of 100 forms, which differ in one field: a memory of 3 MB, one of 2 MB, which does not hold them all, and one
/// that does in any case; or twenty times as many, 64 MB, and one that does. What is pushed out is asked for again.
/// </summary>
internal static class CrowdCase
{
    public const string Uniform = "uniform";
    public const string Zipf = "Zipf";
    public const string Limited = "3 or 64 MB";
    public const string Small = "2 MB";
    public const string Unbounded = "4,096 MB";

    private const int Windows = 4;

    private sealed record Crowd(string Name, Func<int> Pick);

    public static string Subject(string crowd, string memory) => $"{crowd}, {memory}";

    public static async Task RunAsync(Rig rig)
    {
        var (callers, forms) =
            rig.Plan.IsLarge ? (100_000, 2_000)
            : rig.Plan.Measures ? (5_000, 100)
            : (500, 20);
        var questions = Enumerable.Range(0, callers).Select(number => Ask(number, number % forms)).ToList();
        Crowd[] crowds = [new(Uniform, () => Random.Shared.Next(callers)), new(Zipf, new Popularity(callers).Pick)];
        using var limited = await StartAsync(rig, Limited, rig.Plan.IsLarge ? 64 : 3);
        using var small = rig.Plan.IsLarge ? null : await StartAsync(rig, Small, 2);
        using var unbounded = await StartAsync(rig, Unbounded, 4_096);
        Server[] servers = [.. new[] { limited, small, unbounded }.OfType<Server>()];
        Array.ForEach(servers, server => Crew.Each(server.Port, questions));
        foreach (var crowd in crowds)
        {
            // Until memory has what this crowd asks for most.
            foreach (var server in servers)
            {
                Crew.Flood(server.Port, questions, WindowOf(rig.Plan), crowd.Pick);
            }

            for (var window = 0; window < Windows; window++)
            {
                foreach (var server in servers)
                {
                    await MeasureAsync(rig, server, crowd, questions);
                }
            }
        }
    }

    // The two crowds in turn, four times each.
    private static TimeSpan WindowOf(Plan plan) => plan.Crowded / 2 / Windows;

    private static Task<Server> StartAsync(Rig rig, string name, int megabytes) =>
        rig.StartProductAsync(name, ("Schemas__MemoryMegabytes", $"{megabytes}"));

    private static Question Ask(int caller, int form) =>
        Question.List($"group-{form:0000}-{caller:000000}", marker: $"group-{form:0000}");

    private static async Task MeasureAsync(Rig rig, Server server, Crowd crowd, List<Question> questions)
    {
        var subject = Subject(crowd.Name, server.Name);
        rig.Api.TakeCalls();
        var before = server.Gauge.Read();
        var tally = Crew.Flood(server.Port, questions, WindowOf(rig.Plan), crowd.Pick);
        var after = server.Gauge.Read();
        var calls = rig.Api.TakeCalls();
        void Add(string unit, double value) => rig.Book.Add(CaseNames.Crowd, subject, unit, value);
        Add(Units.Callers, questions.Count);
        Add(Units.Hits, 100.0 * (tally.Requests - calls) / tally.Requests);
        Add(Units.Rate, tally.PerSecond);
        Add(Units.P50, tally.Percentile(0.5));
        Add(Units.P99, tally.Percentile(0.99));
        Add(Units.Cpu, (after.CpuMicroseconds - before.CpuMicroseconds) / 1_000 / tally.Requests);
        Add(Units.OriginCalls, calls);
        Add(Units.CallsPerHundred, 100.0 * calls / tally.Requests);
        Add(Units.Charged, await ChargedAsync(rig, server) / 1_048_576);
        Add(Units.Heap, server.Gauge.Read(collect: true).HeapBytes / 1_048_576);
        Add(Units.Peak, server.Process.PeakMegabytes());
        if (rig.Plan.Measures)
        {
            Console.WriteLine(
                $"{subject}: {Numbers.Show(tally.PerSecond)} requests/s, p99 {Numbers.Show(tally.Percentile(0.99))} ms, "
                    + $"{calls:N0} of {tally.Requests:N0} were asked for"
            );
        }
    }

    private static async Task<double> ChargedAsync(Rig rig, Server server)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("x-functions-key", rig.AdminKey);
        var report = await client.GetFromJsonAsync<JsonObject>(new Uri($"http://127.0.0.1:{server.Port}/cache"));
        return (double)report!["bytes"]!;
    }
}
